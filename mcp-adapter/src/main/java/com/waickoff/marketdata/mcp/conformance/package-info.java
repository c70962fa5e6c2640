/**
 * What the official conformance suite wants to find on a server: tools, resources and prompts without
 * any use but to be tested by it. Served in place of the market where that is asked for, never beside it.
 */
@NullMarked
package com.waickoff.marketdata.mcp.conformance;

import org.jspecify.annotations.NullMarked;
