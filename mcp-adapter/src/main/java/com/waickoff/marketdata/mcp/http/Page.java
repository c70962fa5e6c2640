package com.waickoff.marketdata.mcp.http;

/**
 * What can be fetched beside the protocol.
 *
 * <p>Threads: any.
 */
@FunctionalInterface
public interface Page {
    /** The content of now. */
    Content content();

    /**
     * What a page says.
     *
     * @param status of HTTP
     * @param type of the text
     * @param text the content
     */
    record Content(int status, String type, String text) {}
}
