package com.waickoff.marketdata.mcp.access;

/**
 * Who asks.
 *
 * @param name what requests are counted by; never shown
 * @param mayRead whether the market may be read by it
 */
public record Principal(String name, boolean mayRead) {}
