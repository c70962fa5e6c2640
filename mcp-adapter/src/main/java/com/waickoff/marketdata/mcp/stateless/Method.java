package com.waickoff.marketdata.mcp.stateless;

import com.waickoff.marketdata.mcp.message.RpcFailure;
import java.io.IOException;
import java.util.Map;

/**
 * Answers requests of one method.
 *
 * <p>Threads: any, many at once.
 */
@FunctionalInterface
public interface Method {
    /**
     * Answers.
     *
     * @return the result; {@code resultType} is added where it has none
     * @throws RpcFailure if there is none, for the client to know
     * @throws IOException if the client is gone
     */
    Map<String, Object> answer(Request request) throws RpcFailure, IOException;
}
