package com.waickoff.marketdata.mcp.resource;

import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.catalogue.Freshness;
import com.waickoff.marketdata.mcp.catalogue.Resource;
import com.waickoff.marketdata.mcp.tool.Tool;
import java.util.Map;

/** What a tool answers to always the same arguments. */
public final class ToolResource implements Resource {
    private final Tool tool;
    private final AnswerWriter writer;
    private final String uri;
    private final Map<String, Object> arguments;
    private final Freshness freshness;

    /**
     * An answer as a resource.
     *
     * @param arguments that the tool is called with
     */
    public ToolResource(Tool tool, AnswerWriter writer, String uri, Map<String, Object> arguments,
            Freshness freshness) {
        this.tool = tool;
        this.writer = writer;
        this.uri = uri;
        this.arguments = Map.copyOf(arguments);
        this.freshness = freshness;
    }

    @Override
    public String uri() {
        return uri;
    }

    @Override
    public String name() {
        return uri.substring(uri.lastIndexOf('/') + 1);
    }

    @Override
    public String title() {
        return tool.title();
    }

    @Override
    public String description() {
        return tool.description();
    }

    @Override
    public String mimeType() {
        return "application/json";
    }

    @Override
    public Freshness freshness() {
        return freshness;
    }

    @Override
    public boolean isSubscribable() {
        return false;
    }

    @Override
    public String read(String readUri) throws ToolFailure {
        return writer.write(tool.call(Arguments.of(tool.parameters(), arguments))).text();
    }

    @Override
    public long version(String readUri) throws ToolFailure {
        throw new ToolFailure(ErrorCode.NOT_AVAILABLE, uri + " cannot be subscribed to: read it.");
    }
}
