package com.waickoff.marketdata.mcp.catalogue;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import java.util.List;
import java.util.Map;

/**
 * A question that is asked often, worded so that the answer is well founded.
 *
 * <p>Threads: any.
 */
public interface Prompt {
    /** What it is called; lower case with underscores. */
    String name();

    /** For people. */
    String title();

    /** For people: what comes of it. */
    String description();

    /** What it can be asked with. */
    List<Argument> arguments();

    /**
     * The messages it stands for.
     *
     * @param arguments by their names, as the client sent them
     * @throws ToolFailure {@link ErrorCode#INVALID_ARGUMENT} if one is missing, unknown or not
     *     allowed; any other if what the messages need is not there
     */
    List<Message> render(Map<String, String> arguments) throws ToolFailure;

    /** What a prompt is asked with. */
    record Argument(String name, String description, boolean required) {}

    /**
     * A message of the user.
     *
     * @param text what is said
     */
    record Message(String text) {}
}
