package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.Reason;

/**
 * A venue's door. The WebSocket client, the replay of a recording and the simulation drive it alike.
 *
 * <p>What is wanted of a venue is spread over <em>lines</em>, numbered from 0, each a WebSocket with
 * streams of its own. A connection of a line is a <em>link</em>:
 *
 * <pre>
 *   line    0       1       2    …          a line has one link, and two while it is renewed:
 *   links   0 1     2 3     4 5             the successor is up before its elder goes
 *
 *   each link: ( onConnect  onFrame*  onDisconnect )*         any time: onHttp, onHttpFailure, onTime
 * </pre>
 *
 * <p>Frames and bodies are native memory, valid during the call, and at least
 * {@link com.waickoff.marketdata.decimal.Ascii#OVERRUN_BYTES} bytes after them can be read. No bytes
 * whatever make a call throw: what cannot be used is counted. Receive times never run backwards.
 *
 * <p>After the last frame of a socket read the driver calls
 * {@link com.waickoff.marketdata.event.EventSink#endOfRead()}; the protocol never does.
 *
 * <p>Threads: all calls come from the one thread that owns the sink.
 */
public interface VenueProtocol {
    /** Most lines of a venue. */
    int MOST_LINES = 128;

    /** Which venue this is. */
    Venue venue();

    /** How many lines are wanted by now, 1 to {@link #MOST_LINES}; never fewer than before. */
    default int lines() {
        return 1;
    }

    /**
     * Path and query of a line's WebSocket, below the host that is configured, such as
     * {@code /v5/public/linear}.
     */
    String streamPath(int line);

    /** What the venue allows, and what it does with connections. */
    default VenueLimits limits() {
        return VenueLimits.NONE;
    }

    /** What keeps it from asking for all that is wanted, for people; empty if nothing does. */
    default String waitsFor() {
        return "";
    }

    /** Whether the answer to a request defines instruments. */
    default boolean isDefinition(String url) {
        return false;
    }

    /** Whether the answer to a request is about what is received on a line. */
    default boolean isAbout(String url, int line) {
        return true;
    }

    /**
     * How much of the venue's limit of REST requests one takes.
     *
     * @param pathAndQuery as asked for
     */
    default int restWeight(String pathAndQuery) {
        return 1;
    }

    /**
     * A connection is established: what is wanted is asked for through the {@link VenueTransport}.
     *
     * @param link of its line; the other one of the line may be up
     * @param epoch counts the connections of this feed, from 1
     */
    void onConnect(int link, long epoch, long receiveTimeNs);

    /** A complete text frame was received. */
    void onFrame(int link, long address, int length, long receiveTimeNs);

    /**
     * A REST request was answered with status 200.
     *
     * @param url path and query as asked for, with or without scheme and host
     */
    void onHttp(String url, long bodyAddress, int bodyLength, long receiveTimeNs);

    /**
     * The same a part at a time, so that no frame waits behind a long answer.
     *
     * @return whether it is to be called again with the same answer, which stays where it is; other
     *     calls may come between, but no other answer
     */
    default boolean onHttpPart(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {
        onHttp(url, bodyAddress, bodyLength, receiveTimeNs);
        return false;
    }

    /**
     * A REST request came to nothing.
     *
     * @param url as in {@link #onHttp}
     * @param status the answer's status, or 0 if there was none
     */
    void onHttpFailure(String url, int status, long receiveTimeNs);

    /**
     * Time has passed: called about every 100 ms of a live feed, connected or not, and not at all
     * where nothing can be asked of a venue. Heartbeats and repeated requests happen here.
     */
    void onTime(long receiveTimeNs);

    /** When the last market data was received on a link, of any use or none; 0 if never. */
    long dataTimeNs(int link);

    /** Whether all that was asked for on a link is acknowledged, or there. */
    default boolean isReady(int link) {
        return true;
    }

    /** Whether nothing on a line is traded now, by the venue's own word: its silence is no fault. */
    default boolean isQuiet(int line) {
        return false;
    }

    /**
     * Asks for every book of a line anew, as after a gap: what is received from now on can be
     * understood without what was received before.
     */
    default void renewBooks(int line, long receiveTimeNs) {}

    /** The connection has ended. */
    void onDisconnect(int link, Reason reason, long receiveTimeNs);

    /** The line of a link. */
    static int lineOf(int link) {
        return link >> 1;
    }
}
