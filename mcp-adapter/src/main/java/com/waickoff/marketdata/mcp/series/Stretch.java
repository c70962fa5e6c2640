package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.market.Composite;

/**
 * A range of time as one window.
 *
 * @param composite what it was made of
 * @param quality of the range that was asked for
 */
public record Stretch(Composite composite, Quality quality) {}
