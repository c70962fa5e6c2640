package com.waickoff.marketdata.feed;

/**
 * What a venue's protocol may ask of the world. Asking is all it does: answers come back through
 * {@link VenueProtocol}, or never, as in a replay. Pacing, limits and retries on the wire are the
 * transport's.
 *
 * <p>Threads: called by the thread that drives the protocol.
 */
public interface VenueTransport {
    /** Nobody is there: for replays. */
    VenueTransport NOBODY = new VenueTransport() {
        @Override
        public void sendText(int link, String text) {}

        @Override
        public void httpGet(String pathAndQuery) {}
    };

    /** Sends a text message on a link that is up; on another one it is lost. */
    void sendText(int link, String text);

    /**
     * Asks the venue's REST host.
     *
     * @param pathAndQuery such as {@code /api/v3/depth?symbol=BTCUSDT&limit=5000}; the answer bears
     *     it
     */
    void httpGet(String pathAndQuery);

    /**
     * Wants a line renewed: a successor is connected, and the link ends when that one has proved
     * itself, or when the venue ends it.
     *
     * @param because for people, a constant text
     */
    default void renew(int link, String because) {}

    /**
     * How long the answer that is being handed over took, from sending its request to receiving it,
     * in ns; 0 where that is unknown. Waiting for the request's turn is not in it.
     */
    default long roundTripNs() {
        return 0;
    }
}
