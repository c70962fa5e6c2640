package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.message.Incoming;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Requests of the older era that the SDK would fail upon, with words that are not for clients. */
public final class Shapes {
    private Shapes() {}

    /**
     * What is wrong with the parameters of a request; null if nothing is.
     *
     * @param tools that can be called
     */
    public static @Nullable String problemOf(Incoming request, Set<String> tools) {
        return switch (request.method()) {
            case McpSchema.METHOD_INITIALIZE -> problemOfInitialize(request.params());
            case McpSchema.METHOD_TOOLS_CALL -> problemOfCall(request.params(), tools);
            default -> null;
        };
    }

    private static @Nullable String problemOfInitialize(Map<String, Object> params) {
        boolean greeted = params.get("protocolVersion") instanceof String
                && params.get("capabilities") instanceof Map
                && params.get("clientInfo") instanceof Map<?, ?> client
                && client.get("name") instanceof String && client.get("version") instanceof String;
        return greeted ? null : "initialize takes protocolVersion, capabilities and clientInfo with"
                + " name and version.";
    }

    /** What is wrong with the parameters of a call; null if nothing is. */
    public static @Nullable String problemOfCall(Map<String, Object> params, Set<String> tools) {
        if (!(params.get("name") instanceof String name)) {
            return "tools/call takes the name of a tool.";
        }
        if (!tools.contains(name)) {
            return "Unknown tool. There are: " + String.join(", ", new TreeSet<>(tools)) + ".";
        }
        Object arguments = params.get("arguments");
        return arguments == null || arguments instanceof Map ? null
                : "arguments must be an object.";
    }
}
