package com.waickoff.marketdata.mcp.conformance;

import com.waickoff.marketdata.mcp.message.RpcFailure;
import com.waickoff.marketdata.mcp.stateless.Method;
import com.waickoff.marketdata.mcp.stateless.Request;
import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tools that need something of the client before they have a result. */
final class InputTools {
    private static final String STATE = "requestState";

    private final SignedState states = new SignedState();

    /** All of them, by name. */
    Map<String, Method> all() {
        Map<String, Method> tools = new LinkedHashMap<>();
        String prefix = "test_input_required_result_";
        tools.put(prefix + "elicitation", this::elicitation);
        tools.put(prefix + "sampling", request -> responded(request, "capital_question")
                ? done("sampled")
                : required(Map.of("capital_question",
                        sampling(request, "What is the capital of France?")), null));
        tools.put(prefix + "list_roots", request -> responded(request, "client_roots")
                ? done("listed") : required(Map.of("client_roots", roots(request)), null));
        tools.put(prefix + "request_state", this::confirmed);
        tools.put(prefix + "tampered_state", this::confirmed);
        tools.put(prefix + "multiple_inputs", this::multiple);
        tools.put(prefix + "multi_round", this::rounds);
        tools.put(prefix + "capabilities", this::capabilities);
        return tools;
    }

    private Map<String, Object> elicitation(Request request) throws RpcFailure {
        return responded(request, "user_name") ? done("Hello!")
                : required(Map.of("user_name",
                        elicitation(request, "What is your name?", "name", "string")), null);
    }

    /** The same of a prompt. */
    Map<String, Object> prompt(Request request) throws RpcFailure {
        return responded(request, "user_context")
                ? Fixtures.ordered("messages",
                        List.of(Fixtures.message(Fixtures.text("With context."))))
                : required(Map.of("user_context", elicitation(request,
                        "What context should the prompt use?", "context", "string")), null);
    }

    private Map<String, Object> confirmed(Request request) throws RpcFailure {
        if (request.params().containsKey(STATE)) {
            states.verify(request.params().get(STATE));
            if (responded(request, "confirm")) {
                return done("state-ok");
            }
        }
        return required(Map.of("confirm", elicitation(request, "Please confirm", "ok", "boolean")),
                "confirm");
    }

    private Map<String, Object> multiple(Request request) throws RpcFailure {
        if (request.params().containsKey(STATE)) {
            states.verify(request.params().get(STATE));
            if (responded(request, "user_name") && responded(request, "greeting")
                    && responded(request, "client_roots")) {
                return done("all there");
            }
        }
        return required(Map.of("user_name",
                elicitation(request, "What is your name?", "name", "string"), "greeting",
                sampling(request, "Generate a greeting"), "client_roots", roots(request)), "many");
    }

    private Map<String, Object> rounds(Request request) throws RpcFailure {
        String state = request.params().containsKey(STATE)
                ? states.verify(request.params().get(STATE)) : "";
        if (state.equals("second") && responded(request, "step2")) {
            return done("both steps");
        }
        if (state.equals("first") && responded(request, "step1")) {
            return required(Map.of("step2", elicitation(request,
                    "Step 2: What is your favorite color?", "color", "string")), "second");
        }
        return required(Map.of("step1",
                elicitation(request, "Step 1: What is your name?", "name", "string")), "first");
    }

    private Map<String, Object> capabilities(Request request) throws RpcFailure {
        Map<String, Object> wanted = new LinkedHashMap<>();
        if (request.capabilities().containsKey("elicitation")) {
            wanted.put("user_name",
                    elicitation(request, "What is your name?", "name", "string"));
        }
        if (request.capabilities().containsKey("sampling")) {
            wanted.put("greeting", sampling(request, "Generate a greeting"));
        }
        return wanted.isEmpty() ? done("nothing can be asked") : required(wanted, null);
    }

    /** What a client that can be asked for input is asked while a stream is open. */
    Map<String, Object> streamed(Request request) throws RpcFailure {
        return elicitation(request);
    }

    private Map<String, Object> required(Map<String, Object> inputs, @Nullable String state) {
        Map<String, Object> result = Fixtures.ordered("resultType", "input_required",
                "inputRequests", inputs);
        if (state != null) {
            result.put(STATE, states.sign(state));
        }
        return result;
    }

    private static Map<String, Object> done(String text) {
        return Fixtures.content(Fixtures.text(text));
    }

    private static boolean responded(Request request, String name) {
        return request.params().get("inputResponses") instanceof Map<?, ?> responses
                && responses.get(name) instanceof Map;
    }

    private static Map<String, Object> elicitation(Request request, String message, String field,
            String type) throws RpcFailure {
        needs(request, "elicitation");
        return Fixtures.ordered("method", "elicitation/create", "params",
                Fixtures.ordered("mode", "form", "message", message, "requestedSchema",
                        Fixtures.ordered("type", "object", "properties",
                                Map.of(field, Map.of("type", type)), "required",
                                List.of(field))));
    }

    private static Map<String, Object> sampling(Request request, String question)
            throws RpcFailure {
        needs(request, "sampling");
        return Fixtures.ordered("method", "sampling/createMessage", "params", Fixtures.ordered(
                "messages", List.of(Fixtures.message(Fixtures.text(question))), "maxTokens", 100));
    }

    private static Map<String, Object> roots(Request request) throws RpcFailure {
        needs(request, "roots");
        return Fixtures.ordered("method", "roots/list", "params", Map.of());
    }

    /** Refuses what the client has not said it can do. */
    static void needs(Request request, String capability) throws RpcFailure {
        if (!request.capabilities().containsKey(capability)) {
            throw new RpcFailure(StatelessServer.MISSING_CAPABILITY,
                    "The client must be capable of " + capability + ".",
                    Map.of("requiredCapabilities", Map.of(capability, Map.of())));
        }
    }
}
