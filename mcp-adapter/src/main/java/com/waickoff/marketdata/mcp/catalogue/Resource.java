package com.waickoff.marketdata.mcp.catalogue;

/** Something that is read by a URI of its own. */
public non-sealed interface Resource extends ReadableContent {
    /** Such as {@code market://health}. */
    String uri();
}
