/** Tools as the protocol's SDK wants them, and what no tool can get wrong. */
@NullMarked
package com.waickoff.marketdata.mcp.serve;

import org.jspecify.annotations.NullMarked;
