/** Instruments and windows as values, wherever they were read: from the snapshot or from the store. */
@NullMarked
package com.waickoff.marketdata.mcp.market;

import org.jspecify.annotations.NullMarked;
