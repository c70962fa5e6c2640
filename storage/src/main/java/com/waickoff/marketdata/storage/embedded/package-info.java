/**
 * Stores for a machine that has no database server: hosted by the drain, on loopback, with their
 * files in the data directory.
 *
 * <p>They speak the servers' own protocols, so that everything else is the same with a real server.
 */
@NullMarked
package com.waickoff.marketdata.storage.embedded;

import org.jspecify.annotations.NullMarked;
