package com.waickoff.marketdata.bench.framing;

import java.io.IOException;

/** A client under measurement: it counts frames and forgets them. */
interface FrameClient extends AutoCloseable {
    /** Connects to loopback and begins to read. */
    void connect(int port) throws IOException;

    /** Frames so far; any thread may ask. */
    long frames();

    /** The thread that reads. */
    Thread thread();

    @Override
    void close() throws IOException;
}
