package com.waickoff.marketdata.mcp.stateless;

import java.io.IOException;
import java.util.Map;

/**
 * The way to the client while its request is being answered.
 *
 * <p>Threads: any, one at a time; {@link #cut} at any time.
 */
public interface Outlet {
    /**
     * Sends a notification ahead of the answer.
     *
     * @throws IOException if the client is gone: its request needs no answer any more
     */
    void send(Map<String, Object> notification) throws IOException;

    /**
     * Shows that the connection lives, where a connection of its own belongs to the request.
     *
     * @throws IOException if it does not
     */
    void signOfLife() throws IOException;

    /** Takes the connection away, if it is the request's own: a write on it then fails. */
    void cut();
}
