package com.waickoff.marketdata.mcp.conformance;

import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import com.waickoff.marketdata.mcp.stateless.Listening;
import com.waickoff.marketdata.mcp.stateless.Method;
import com.waickoff.marketdata.mcp.stateless.Request;
import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the suite asks of the revision without sessions. */
final class StatelessFixtures {
    private static final String INPUT_PROMPT = "test_input_required_result_prompt";
    private static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
    private static final String PROGRESS_TOKEN = "progressToken";

    private final Fanout fanout;
    private final InputTools inputs = new InputTools();
    private final Map<String, Method> tools = new LinkedHashMap<>();

    StatelessFixtures(Fanout fanout) {
        this.fanout = fanout;
        Fixtures.RESULTS.forEach((name, result) -> tools.put(name, request -> result));
        tools.put("test_tool_with_progress", StatelessFixtures::progress);
        tools.put("test_missing_capability", request -> {
            InputTools.needs(request, "sampling");
            return Fixtures.content(Fixtures.text("sampling is there"));
        });
        tools.put("test_streaming_elicitation", inputs::streamed);
        tools.put("test_logging_tool", StatelessFixtures::log);
        tools.put("test_trigger_tool_change", request -> announced("toolsListChanged"));
        tools.put("test_trigger_prompt_change", request -> announced("promptsListChanged"));
        tools.putAll(inputs.all());
    }

    Set<String> tools() {
        return tools.keySet();
    }

    Map<String, Method> methods(long signOfLifeNs) {
        Map<String, Method> methods = new LinkedHashMap<>();
        methods.put("server/discover", StatelessServer.discover(
                Fixtures.ordered("tools", Map.of("listChanged", true), "prompts",
                        Map.of("listChanged", true), "resources", Map.of("subscribe", true),
                        "completions", Map.of()),
                "Of no use but to be tested.", 0));
        methods.put("tools/list", request -> fresh("tools",
                tools.keySet().stream().map(Fixtures::tool).toList()));
        methods.put("tools/call", request -> named(tools, request).answer(request));
        methods.put("resources/list", request -> fresh("resources", Fixtures.resources()));
        methods.put("resources/templates/list",
                request -> fresh("resourceTemplates", Fixtures.templates()));
        methods.put("resources/read", StatelessFixtures::read);
        methods.put("prompts/list", request -> {
            List<Map<String, Object>> prompts = new ArrayList<>(Fixtures.prompts());
            prompts.add(Fixtures.prompt(INPUT_PROMPT));
            return fresh("prompts", prompts);
        });
        methods.put("prompts/get", this::prompt);
        methods.put("completion/complete", request -> Fixtures.ordered("completion",
                Fixtures.ordered("values", List.of("paris", "park"), "total", 2, "hasMore",
                        false)));
        methods.put("subscriptions/listen", new Listening(fanout,
                Set.of("toolsListChanged", "promptsListChanged"), signOfLifeNs));
        return methods;
    }

    private static Method named(Map<String, Method> tools, Request request) throws RpcFailure {
        Method tool = tools.get(request.requiredText("name"));
        if (tool == null) {
            throw new RpcFailure(Rpc.INVALID_PARAMS, "Unknown tool.");
        }
        return tool;
    }

    private static Map<String, Object> fresh(String name, List<Map<String, Object>> list) {
        return Fixtures.ordered(name, list, "ttlMs", 0, "cacheScope", "public");
    }

    private static Map<String, Object> read(Request request) throws RpcFailure {
        String uri = request.requiredText("uri");
        Map<String, Object> resource = Fixtures.resource(uri);
        if (resource.isEmpty()) {
            throw new RpcFailure(Rpc.INVALID_PARAMS, "There is no such resource.",
                    Map.of("uri", uri));
        }
        return fresh("contents", List.of(resource));
    }

    private Map<String, Object> prompt(Request request) throws RpcFailure {
        String name = request.requiredText("name");
        if (name.equals(INPUT_PROMPT)) {
            return inputs.prompt(request);
        }
        Map<String, Object> arguments = request.object("arguments");
        List<Map<String, Object>> messages = Fixtures.messages(name,
                arguments == null ? Map.of() : arguments);
        if (messages.isEmpty()) {
            throw new RpcFailure(Rpc.INVALID_PARAMS, "Unknown prompt.");
        }
        return Fixtures.ordered("messages", messages);
    }

    private static Map<String, Object> progress(Request request) throws IOException {
        @Nullable
        Object token = request.meta(PROGRESS_TOKEN);
        for (int done = 0; token != null && done <= 100; done += 50) {
            request.notify("notifications/progress", Fixtures.ordered(PROGRESS_TOKEN, token,
                    "progress", done, "total", 100));
        }
        return Fixtures.content(Fixtures.text("All is done."));
    }

    private static Map<String, Object> log(Request request) throws IOException {
        Object level = request.meta(LOG_LEVEL);
        if (level != null) {
            request.notify("notifications/message",
                    Fixtures.ordered("level", level, "data", "Logged, as was asked for."));
        }
        return Fixtures.content(Fixtures.text("Logged."));
    }

    private Map<String, Object> announced(String what) {
        String method = Listening.ANNOUNCEMENTS.get(what);
        if (method == null) {
            throw new IllegalArgumentException(what);
        }
        fanout.announce(method);
        return Fixtures.content(Fixtures.text("Announced."));
    }
}
