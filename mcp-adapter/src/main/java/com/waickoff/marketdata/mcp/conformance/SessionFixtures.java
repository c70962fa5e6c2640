package com.waickoff.marketdata.mcp.conformance;

import com.waickoff.marketdata.mcp.message.Rpc;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer.SyncSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;

/** What the suite asks of the revisions with sessions. */
final class SessionFixtures {
    private static final int RESOURCE_NOT_FOUND = -32002;
    private static final long PAUSE_NS = 50_000_000L;
    private static final int MAX_TOKENS = 100;

    private final McpJsonMapper mapper;
    private final Map<String, Handler> tools = new LinkedHashMap<>();

    /** What a tool does, in the type the SDK wants. */
    private interface Handler
            extends
                BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> {}

    SessionFixtures(McpJsonMapper mapper) {
        this.mapper = mapper;
        Fixtures.RESULTS.forEach((name, result) -> tools.put(name,
                (exchange, request) -> mapper.convertValue(result, CallToolResult.class)));
        tools.put("test_tool_with_logging", SessionFixtures::log);
        tools.put("test_tool_with_progress", SessionFixtures::progress);
        tools.put("test_sampling", SessionFixtures::sample);
        tools.put("test_elicitation", (exchange, request) -> text("User response: "
                + elicit(exchange, String.valueOf(request.arguments().get("message")),
                        ElicitationSchemas.USER)));
        tools.put("test_elicitation_sep1034_defaults", (exchange, request) -> text(
                "Elicitation completed: "
                        + elicit(exchange, "With defaults", ElicitationSchemas.DEFAULTS)));
        tools.put("test_elicitation_sep1330_enums", (exchange, request) -> text(
                "Elicitation completed: "
                        + elicit(exchange, "With choices", ElicitationSchemas.CHOICES)));
    }

    Set<String> tools() {
        return tools.keySet();
    }

    void bind(SyncSpecification<?> server) {
        tools.forEach((name, handler) -> server.toolCall(
                mapper.convertValue(Fixtures.tool(name), McpSchema.Tool.class), handler));
        server.jsonMapper(mapper).serverInfo("waickoff-conformance", "1")
                .capabilities(ServerCapabilities.builder().tools(true).resources(true, true)
                        .prompts(true).logging().completions().build())
                .resources(Fixtures.resources().stream()
                        .map(described -> new SyncResourceSpecification(
                                mapper.convertValue(described, McpSchema.Resource.class),
                                (exchange, request) -> read(request.uri())))
                        .toList())
                .resourceTemplates(Fixtures.templates().stream()
                        .map(described -> new SyncResourceTemplateSpecification(
                                mapper.convertValue(described, McpSchema.ResourceTemplate.class),
                                (exchange, request) -> read(request.uri())))
                        .toList())
                .prompts(Fixtures.prompts().stream()
                        .map(described -> new SyncPromptSpecification(
                                mapper.convertValue(described, McpSchema.Prompt.class),
                                (exchange, request) -> messages(request.name(),
                                        request.arguments())))
                        .toList())
                .completions(new SyncCompletionSpecification(
                        new PromptReference("test_prompt_with_arguments"),
                        (exchange, request) -> new CompleteResult(
                                new CompleteCompletion(List.of("paris", "park"), 2, false))))
                .immediateExecution(true).build();
    }

    private ReadResourceResult read(String uri) {
        Map<String, Object> resource = Fixtures.resource(uri);
        if (resource.isEmpty()) {
            throw McpError.builder(RESOURCE_NOT_FOUND).message("There is no such resource.")
                    .build();
        }
        return mapper.convertValue(Map.of("contents", List.of(resource)),
                ReadResourceResult.class);
    }

    private GetPromptResult messages(String prompt, Map<String, Object> arguments) {
        List<Map<String, Object>> messages = Fixtures.messages(prompt, arguments);
        if (messages.isEmpty()) {
            throw McpError.builder(Rpc.INVALID_PARAMS).message("Unknown prompt.").build();
        }
        return mapper.convertValue(Map.of("messages", messages), GetPromptResult.class);
    }

    private static CallToolResult log(McpSyncServerExchange exchange, CallToolRequest request) {
        for (String said : List.of("Tool execution started", "Tool processing data",
                "Tool execution completed")) {
            exchange.loggingNotification(
                    LoggingMessageNotification.builder(LoggingLevel.INFO, said).build());
            LockSupport.parkNanos(PAUSE_NS);
        }
        return text("Logged three times.");
    }

    private static CallToolResult progress(McpSyncServerExchange exchange,
            CallToolRequest request) {
        Object token = request.progressToken();
        for (int done = 0; done <= 100; done += 50) {
            if (token != null) {
                exchange.progressNotification(ProgressNotification.builder(token, done)
                        .total(100.0).build());
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return text("All is done.");
    }

    private static CallToolResult sample(McpSyncServerExchange exchange,
            CallToolRequest request) {
        var sampled = exchange.createMessage(CreateMessageRequest.builder(
                List.of(SamplingMessage.builder(Role.USER, TextContent.builder(
                        String.valueOf(request.arguments().get("prompt"))).build()).build()),
                MAX_TOKENS).build());
        return text("LLM response: " + (sampled.content() instanceof TextContent content
                ? content.text() : "none"));
    }

    private static String elicit(McpSyncServerExchange exchange, String message,
            Map<String, Object> schema) {
        ElicitResult result = exchange
                .createElicitation(ElicitFormRequest.builder(message, schema).build());
        return "action=" + result.action() + ", content=" + result.content();
    }

    private static CallToolResult text(String text) {
        return CallToolResult.builder().addTextContent(text).build();
    }
}
