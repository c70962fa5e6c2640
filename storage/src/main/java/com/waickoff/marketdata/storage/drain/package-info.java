/**
 * From the journal to the sinks: lanes, retries, poison, status. Knows no database.
 */
@NullMarked
package com.waickoff.marketdata.storage.drain;

import org.jspecify.annotations.NullMarked;
