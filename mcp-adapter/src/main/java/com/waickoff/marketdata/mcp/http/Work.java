package com.waickoff.marketdata.mcp.http;

import java.io.IOException;

/** What is left to do for a request, on a thread that may wait. */
@FunctionalInterface
interface Work {
    /**
     * Does it, to the end of the answer.
     *
     * @throws Refusal if it is not to be done
     * @throws IOException if the client is gone
     */
    void run() throws Refusal, IOException;
}
