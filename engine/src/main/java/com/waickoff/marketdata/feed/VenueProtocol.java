package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.Reason;

/**
 * A venue's door. The WebSocket client, the replay of a recording and the simulation drive it alike:
 *
 * <pre>
 *   ( onConnect  ( onFrame | onHttp | onHttpFailure | onTime )*  onDisconnect )*
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
    /** Which venue this is. */
    Venue venue();

    /**
     * Path and query of the WebSocket to connect to, below the host that is configured, such as
     * {@code /v5/public/linear}.
     */
    String streamPath();

    /**
     * Most messages a second that the venue takes on one connection, pings and pongs included; 0 for
     * any number.
     */
    default int mostMessagesPerSecond() {
        return 0;
    }

    /**
     * A connection is established: what is wanted is asked for through the {@link VenueTransport}.
     *
     * @param epoch counts the connections of this feed, from 1
     */
    void onConnect(long epoch, long receiveTimeNs);

    /** A complete text frame was received. */
    void onFrame(long address, int length, long receiveTimeNs);

    /**
     * A REST request was answered with status 200.
     *
     * @param url path and query as asked for, with or without scheme and host
     */
    void onHttp(String url, long bodyAddress, int bodyLength, long receiveTimeNs);

    /**
     * A REST request came to nothing.
     *
     * @param url as in {@link #onHttp}
     * @param status the answer's status, or 0 if there was none
     */
    void onHttpFailure(String url, int status, long receiveTimeNs);

    /**
     * Time has passed: called about every 100 ms of a live feed, and not at all where nothing can be
     * asked of a venue. Heartbeats and repeated requests happen here.
     */
    void onTime(long receiveTimeNs);

    /** The connection has ended. */
    void onDisconnect(Reason reason, long receiveTimeNs);
}
