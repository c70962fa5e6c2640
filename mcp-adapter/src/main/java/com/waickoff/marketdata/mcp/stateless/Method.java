package com.waickoff.marketdata.mcp.stateless;

import com.waickoff.marketdata.mcp.message.RpcFailure;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
     * @return the result; {@code resultType} is added where it has none; null if it would have to
     *     wait for it, and must not
     * @throws RpcFailure if there is none, for the client to know
     * @throws IOException if the client is gone
     */
    @Nullable
    Map<String, Object> answer(Request request) throws RpcFailure, IOException;
}
