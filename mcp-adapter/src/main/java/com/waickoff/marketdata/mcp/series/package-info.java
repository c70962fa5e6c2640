/**
 * An instrument's windows and signals, from the snapshot and from the store of the past as if they
 * were one.
 */
@NullMarked
package com.waickoff.marketdata.mcp.series;

import org.jspecify.annotations.NullMarked;
