package com.waickoff.marketdata.mcp.catalogue;

/** Many things of a kind, each read by a URI that is made from variables. */
public non-sealed interface ResourceTemplate extends ReadableContent {
    /** By RFC 6570, such as <code>market://{venue}/{symbol}/depth</code>. */
    String uriTemplate();

    /** Whether a URI could be made from the template; whether there is such a thing, reading tells. */
    boolean fits(String uri);
}
