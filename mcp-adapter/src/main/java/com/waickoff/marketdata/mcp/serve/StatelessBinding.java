package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.Completions.Proposal;
import com.waickoff.marketdata.mcp.catalogue.Completions.Reference;
import com.waickoff.marketdata.mcp.catalogue.Freshness;
import com.waickoff.marketdata.mcp.catalogue.Prompt;
import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import com.waickoff.marketdata.mcp.stateless.Listening;
import com.waickoff.marketdata.mcp.stateless.Method;
import com.waickoff.marketdata.mcp.stateless.Request;
import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import com.waickoff.marketdata.mcp.tool.Tool;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A catalogue as methods of the revision without sessions. */
final class StatelessBinding {
    /** Lists only change with the program. */
    private static final Freshness LISTS = new Freshness(3_600_000, Freshness.Scope.PUBLIC);

    private final Catalogue catalogue;
    private final ToolCalls calls;
    private final Map<String, Tool> tools;
    private final Map<String, Prompt> prompts;

    StatelessBinding(Catalogue catalogue, ToolCalls calls) {
        this.catalogue = catalogue;
        this.calls = calls;
        tools = catalogue.tools().stream()
                .collect(Collectors.toMap(Tool::name, Function.identity()));
        prompts = catalogue.prompts().stream()
                .collect(Collectors.toMap(Prompt::name, Function.identity()));
    }

    Map<String, Method> methods(Listening listening) {
        Map<String, Method> methods = new LinkedHashMap<>();
        methods.put("server/discover", StatelessServer.discover(capabilities(),
                catalogue.instructions(), LISTS.ttlMs()));
        methods.put(McpSchema.METHOD_TOOLS_LIST, list("tools", catalogue.tools().stream()
                .map(Descriptions::of).toList()));
        methods.put(McpSchema.METHOD_TOOLS_CALL, this::call);
        if (!catalogue.resources().isEmpty() || !catalogue.templates().isEmpty()) {
            methods.put(McpSchema.METHOD_RESOURCES_LIST, list("resources",
                    catalogue.resources().stream().map(Descriptions::of).toList()));
            methods.put(McpSchema.METHOD_RESOURCES_TEMPLATES_LIST, list("resourceTemplates",
                    catalogue.templates().stream().map(Descriptions::of).toList()));
            methods.put(McpSchema.METHOD_RESOURCES_READ, this::read);
        }
        if (!catalogue.prompts().isEmpty()) {
            methods.put(McpSchema.METHOD_PROMPT_LIST, list("prompts", catalogue.prompts().stream()
                    .map(Descriptions::of).toList()));
            methods.put(McpSchema.METHOD_PROMPT_GET, this::render);
        }
        if (Descriptions.hasCompletions(catalogue)) {
            methods.put(McpSchema.METHOD_COMPLETION_COMPLETE, this::complete);
        }
        methods.put("subscriptions/listen", listening);
        return methods;
    }

    private Map<String, Object> capabilities() {
        McpSchema.ServerCapabilities described = Descriptions.capabilities(catalogue);
        Map<String, Object> capabilities = new LinkedHashMap<>();
        capabilities.put("tools", Map.of());
        if (described.resources() != null) {
            capabilities.put("resources", Map.of("subscribe", true));
        }
        if (described.prompts() != null) {
            capabilities.put("prompts", Map.of());
        }
        if (described.completions() != null) {
            capabilities.put("completions", Map.of());
        }
        return capabilities;
    }

    private static Method list(String name, List<?> described) {
        return request -> fresh(new LinkedHashMap<>(Map.of(name, described)), LISTS);
    }

    private static Map<String, Object> fresh(Map<String, Object> result, Freshness freshness) {
        result.put("ttlMs", freshness.ttlMs());
        result.put("cacheScope", freshness.scope().label());
        return result;
    }

    private @Nullable Map<String, Object> call(Request request) throws RpcFailure {
        String problem = Shapes.problemOfCall(request.params(), tools.keySet());
        Tool tool = tools.get(request.params().get("name"));
        if (problem != null || tool == null) {
            throw new RpcFailure(Rpc.INVALID_PARAMS, String.valueOf(problem));
        }
        ToolCalls.Result called = calls.call(tool, request.object("arguments"),
                request.mayWait());
        if (called == null) {
            return null;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("content", called.content());
        if (called.isError()) {
            result.put("isError", true);
        } else {
            result.put("structuredContent", called.structuredContent());
        }
        return result;
    }

    private Map<String, Object> read(Request request) throws RpcFailure {
        String uri = request.requiredText("uri");
        try {
            ToolCalls.Reading reading = calls.read(catalogue, uri);
            Map<String, Object> contents = new LinkedHashMap<>();
            contents.put("uri", uri);
            contents.put("mimeType", reading.readable().mimeType());
            contents.put("text", reading.text());
            return fresh(new LinkedHashMap<>(Map.of("contents", List.of(contents))),
                    reading.readable().freshness());
        } catch (ToolFailure failure) {
            throw error(failure);
        }
    }

    private Map<String, Object> render(Request request) throws RpcFailure {
        Prompt prompt = prompts.get(request.requiredText("name"));
        if (prompt == null) {
            throw new RpcFailure(Rpc.INVALID_PARAMS,
                    "Unknown prompt. There are: " + String.join(", ", catalogue.prompts().stream()
                            .map(Prompt::name).toList()) + ".");
        }
        try {
            List<Map<String, Object>> messages = new ArrayList<>();
            for (Prompt.Message message : calls.render(prompt, request.object("arguments"))) {
                messages.add(Map.of("role", "user", "content", text(message.text())));
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("description", prompt.description());
            result.put("messages", messages);
            return result;
        } catch (ToolFailure failure) {
            throw error(failure);
        }
    }

    private Map<String, Object> complete(Request request) throws RpcFailure {
        Map<String, Object> reference = request.object("ref");
        Map<String, Object> argument = request.object("argument");
        if (reference == null || argument == null
                || !(argument.get("name") instanceof String name)
                || !(argument.get("value") instanceof String begun)) {
            throw new RpcFailure(Rpc.INVALID_PARAMS,
                    "completion/complete takes ref, and argument with name and value.");
        }
        Map<String, Object> context = request.object("context");
        Proposal proposal = catalogue.completions().propose(reference(reference), name, begun,
                texts(context == null ? null : context.get("arguments")));
        return new LinkedHashMap<>(Map.of("completion", Map.of("values", proposal.values(),
                "total", proposal.total(), "hasMore", proposal.hasMore())));
    }

    private Reference reference(Map<String, Object> given) throws RpcFailure {
        if (given.get("name") instanceof String name && prompts.containsKey(name)) {
            return new Reference.OfPrompt(name);
        }
        if (given.get("uri") instanceof String uri && catalogue.templates().stream()
                .anyMatch(template -> template.uriTemplate().equals(uri))) {
            return new Reference.OfTemplate(uri);
        }
        throw new RpcFailure(Rpc.INVALID_PARAMS, "ref names no prompt and no template that there"
                + " is.");
    }

    private static Map<String, String> texts(@Nullable Object given) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (given instanceof Map<?, ?> map) {
            map.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    private static Map<String, Object> text(String text) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("type", "text");
        content.put("text", text);
        return content;
    }

    private static RpcFailure error(ToolFailure failure) {
        return new RpcFailure(SessionBinding.codeOf(failure, Rpc.INVALID_PARAMS),
                failure.text());
    }
}
