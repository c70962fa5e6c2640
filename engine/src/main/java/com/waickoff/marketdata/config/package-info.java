/**
 * What can be configured, by which keys, where values come from and whether they go together: the file,
 * the environment and the command line in, the configuration of an engine out.
 *
 * <p>A wrong configuration is refused as a whole, with all that is wrong at once.
 */
@NullMarked
package com.waickoff.marketdata.config;

import org.jspecify.annotations.NullMarked;
