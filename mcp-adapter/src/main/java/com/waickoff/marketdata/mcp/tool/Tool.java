package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.MustWaitException;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import java.util.List;
import java.util.Map;

/**
 * Something an agent can ask. Every tool only reads, gives the same answer for the same state, and
 * knows nothing beyond the engine's files.
 *
 * <p>Threads: any.
 */
public interface Tool {
    /** What it is called; lower case with underscores. */
    String name();

    /** For people. */
    String title();

    /** For the model: what it gives and when to use it. */
    String description();

    /** What it can be asked with. */
    List<Parameter> parameters();

    /** The JSON schema of its answers. */
    Map<String, Object> outputSchema();

    /**
     * Whether a call takes longer than to copy mapped memory in any case: it asks a store, or waits
     * for something to happen. Such a call must not be made by a thread that others wait for.
     *
     * @param given arguments as the client sent them, not yet checked
     */
    default boolean mayWait(Map<String, Object> given) {
        return false;
    }

    /**
     * The same tool for threads that others wait for: a call that turns out to need a store ends with
     * a {@link MustWaitException}.
     */
    default Tool atOnce() {
        return this;
    }

    /**
     * Answers. A call that waits ends early if its thread is interrupted, and answers with what there
     * is.
     *
     * @throws ToolFailure if there is no answer, saying what to do next
     */
    Answer call(Arguments arguments) throws ToolFailure;
}
