package com.waickoff.marketdata.feed.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of this machine that refuses connections, and that nobody else is given as long as this is
 * open: a socket has it that does not listen. A server that is told to may listen on it on loopback.
 */
public final class ClosedPort implements AutoCloseable {
    private final Socket holder = new Socket();

    public ClosedPort() throws IOException {
        holder.setReuseAddress(true);
        // Of all addresses: a server may then take the one of loopback, as long as both would share.
        holder.bind(new InetSocketAddress(0));
    }

    public int port() {
        return holder.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        holder.close();
    }
}
