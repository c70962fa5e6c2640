package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.Prompt;
import com.waickoff.marketdata.mcp.catalogue.Resource;
import com.waickoff.marketdata.mcp.catalogue.ResourceTemplate;
import com.waickoff.marketdata.mcp.tool.Tool;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;

/** What a catalogue holds, as both eras list it to clients. */
final class Descriptions {
    private static final ToolAnnotations READ_ONLY = ToolAnnotations.builder().readOnlyHint(true)
            .idempotentHint(true).openWorldHint(false).build();

    private Descriptions() {}

    static McpSchema.Tool of(Tool tool) {
        return McpSchema.Tool.builder(tool.name(), Arguments.schema(tool.parameters()))
                .title(tool.title()).description(tool.description())
                .outputSchema(tool.outputSchema()).annotations(READ_ONLY).build();
    }

    static McpSchema.Resource of(Resource resource) {
        return McpSchema.Resource.builder(resource.uri(), resource.name())
                .title(resource.title()).description(resource.description())
                .mimeType(resource.mimeType()).build();
    }

    static McpSchema.ResourceTemplate of(ResourceTemplate template) {
        return McpSchema.ResourceTemplate.builder(template.uriTemplate(), template.name())
                .title(template.title()).description(template.description())
                .mimeType(template.mimeType()).build();
    }

    static McpSchema.Prompt of(Prompt prompt) {
        return McpSchema.Prompt.builder(prompt.name()).title(prompt.title())
                .description(prompt.description())
                .arguments(prompt.arguments().stream()
                        .map(argument -> PromptArgument.builder(argument.name())
                                .description(argument.description()).required(argument.required())
                                .build())
                        .toList())
                .build();
    }

    /** What clients can do with a catalogue: nothing that it has nothing of. */
    static ServerCapabilities capabilities(Catalogue catalogue) {
        ServerCapabilities.Builder capabilities = ServerCapabilities.builder().tools(false);
        if (!catalogue.resources().isEmpty() || !catalogue.templates().isEmpty()) {
            capabilities.resources(true, false);
        }
        if (!catalogue.prompts().isEmpty()) {
            capabilities.prompts(false);
        }
        if (hasCompletions(catalogue)) {
            capabilities.completions();
        }
        return capabilities.build();
    }

    static boolean hasCompletions(Catalogue catalogue) {
        return !catalogue.prompts().isEmpty() || !catalogue.templates().isEmpty();
    }
}
