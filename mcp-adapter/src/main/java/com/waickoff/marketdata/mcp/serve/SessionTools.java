package com.waickoff.marketdata.mcp.serve;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code tools/call} of the revisions with sessions as the SDK would: its way to a tool and
 * back takes longer than most tools do.
 *
 * <p>Threads: any, many at once.
 */
@FunctionalInterface
public interface SessionTools {
    /**
     * Calls a tool.
     *
     * @param params of a request whose shape is right ({@link Shapes})
     * @param mayWait whether the calling thread may wait for a store, or for something to happen
     * @return the result; null if there is none without waiting, and the thread must not
     */
    @Nullable
    Map<String, Object> call(Map<String, Object> params, boolean mayWait);
}
