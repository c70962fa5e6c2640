package com.waickoff.marketdata.mcp.stateless;

import com.waickoff.marketdata.mcp.message.Incoming;
import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests of revision 2026-07-28, each by itself.
 *
 * <pre>
 *   request ──► metadata complete? ──► revision known? ──► method known? ──► {@link Method}
 *                  │ -32602              │ -32022            │ -32601          │ result or error
 *                  └────────────────────┴───────────────────┴─────────────────┴──► answer
 * </pre>
 *
 * <p>Threads: any, many at once.
 */
public final class StatelessServer {
    /** A client sent another revision than is spoken here. */
    public static final int UNSUPPORTED_VERSION = -32022;
    /** A client cannot do what its request needs. */
    public static final int MISSING_CAPABILITY = -32021;
    /** The headers of a request say something else than its body. */
    public static final int HEADER_MISMATCH = -32020;

    private static final String META_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    private static final String META_SERVER = "io.modelcontextprotocol/serverInfo";

    private final Map<String, Method> methods;
    private final Map<String, Object> serverInfo;
    private final Function<Throwable, String> incident;

    /**
     * A server of these methods.
     *
     * @param serverInfo name and version, as every result tells them
     * @param incident writes a fault down and returns a reference to it
     */
    public StatelessServer(Map<String, Method> methods, Map<String, Object> serverInfo,
            Function<Throwable, String> incident) {
        this.methods = Map.copyOf(methods);
        this.serverInfo = Map.copyOf(serverInfo);
        this.incident = incident;
    }

    /** What can be asked here, and how the server introduces itself. */
    public static Method discover(Map<String, Object> capabilities, String instructions,
            long ttlMs) {
        return request -> {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("supportedVersions", supported());
            result.put("capabilities", capabilities);
            result.put("instructions", instructions);
            result.put("ttlMs", ttlMs);
            result.put("cacheScope", "public");
            return result;
        };
    }

    /**
     * What a request is answered with.
     *
     * @param message to send
     * @param code of the error; 0 where there is none
     * @param asked whether the method was asked at all: if not, the request itself was wrong
     */
    public record Reply(Map<String, ? extends @Nullable Object> message, int code,
            boolean asked) {}

    /**
     * Answers a request from a thread that may wait.
     *
     * @throws IOException if the client is gone
     */
    public Reply answer(Incoming incoming, Outlet outlet) throws IOException {
        Reply reply = answer(incoming, outlet, true);
        if (reply == null) {
            throw new IllegalStateException(incoming.method() + " must wait, and may");
        }
        return reply;
    }

    /**
     * Answers a request.
     *
     * @param mayWait whether this thread may wait
     * @return null if it would have to, and must not
     * @throws IOException if the client is gone
     */
    public @Nullable Reply answer(Incoming incoming, Outlet outlet, boolean mayWait)
            throws IOException {
        Object id = incoming.id();
        if (id == null) {
            throw new IllegalArgumentException("no request: " + incoming.kind());
        }
        boolean asked = false;
        try {
            Map<String, Object> capabilities = checked(incoming);
            Method method = methods.get(incoming.method());
            if (method == null) {
                throw new RpcFailure(Rpc.METHOD_NOT_FOUND, incoming.unknownMethod());
            }
            asked = true;
            Map<String, Object> result = method.answer(
                    new Request(id, incoming.params(), capabilities, outlet, mayWait));
            return result == null ? null : new Reply(Rpc.result(id, complete(result)), 0, true);
        } catch (RpcFailure failure) {
            return new Reply(Rpc.error(id, failure.code(), failure.text(), failure.data()),
                    failure.code(), asked);
        } catch (RuntimeException | LinkageError | StackOverflowError | InternalError fault) {
            // InternalError: what a mapped file that was cut short is told by.
            return new Reply(Rpc.error(id, Rpc.INTERNAL_ERROR,
                    "INTERNAL ref=" + incident.apply(fault)), Rpc.INTERNAL_ERROR, asked);
        }
    }

    /** What the client can do. */
    @SuppressWarnings("unchecked") // in JSON all names are texts
    private static Map<String, Object> checked(Incoming incoming) throws RpcFailure {
        Map<String, Object> meta = incoming.meta();
        if (!(meta.get(Revision.META_VERSION) instanceof String version)) {
            throw new RpcFailure(Rpc.INVALID_PARAMS,
                    "_meta must say " + Revision.META_VERSION + ".");
        }
        if (!(meta.get(META_CAPABILITIES) instanceof Map<?, ?> capabilities)) {
            throw new RpcFailure(Rpc.INVALID_PARAMS,
                    "_meta must say " + META_CAPABILITIES + ".");
        }
        if (!version.equals(Revision.STATELESS)) {
            throw new RpcFailure(UNSUPPORTED_VERSION, "Unsupported protocol version",
                    Map.of("supported", supported(), "requested", version));
        }
        return (Map<String, Object>) capabilities;
    }

    private static List<String> supported() {
        List<String> versions = new ArrayList<>(List.of(Revision.STATELESS));
        versions.addAll(Revision.WITH_SESSIONS);
        return versions;
    }

    private Map<String, Object> complete(Map<String, Object> answered) {
        Map<String, Object> result = new LinkedHashMap<>(answered);
        result.putIfAbsent("resultType", "complete");
        Map<Object, Object> meta = new LinkedHashMap<>(
                result.get("_meta") instanceof Map<?, ?> given ? given : Map.of());
        meta.put(META_SERVER, serverInfo);
        result.put("_meta", meta);
        return result;
    }
}
