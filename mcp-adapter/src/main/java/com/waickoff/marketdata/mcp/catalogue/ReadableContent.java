package com.waickoff.marketdata.mcp.catalogue;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;

/**
 * What can be read by its URI.
 *
 * <p>Threads: any.
 */
public sealed interface ReadableContent permits Resource, ResourceTemplate {
    /** For programs: lower case with underscores. */
    String name();

    /** For people. */
    String title();

    /** For the model: what it gives and when to read it. */
    String description();

    /** Of what is read, such as {@code application/json}. */
    String mimeType();

    /** For how long and by whom what was read may be used again. */
    Freshness freshness();

    /** Whether clients may ask to be told when it changes. */
    boolean isSubscribable();

    /**
     * Reads it; never larger than an answer of a tool.
     *
     * @param uri of a resource its own; of a template one that it fits
     * @throws ToolFailure if it cannot be read now; {@link ErrorCode#UNKNOWN_RESOURCE} or
     *     {@link ErrorCode#UNKNOWN_INSTRUMENT} if there is no such thing
     */
    String read(String uri) throws ToolFailure;

    /**
     * A number that differs when what would be read has changed; cheap enough to be asked for some
     * times a second. Ages, which change all the time, do not change it.
     *
     * @param uri as for {@link #read}
     * @throws ToolFailure as {@link #read}; also if it is not subscribable
     */
    long version(String uri) throws ToolFailure;
}
