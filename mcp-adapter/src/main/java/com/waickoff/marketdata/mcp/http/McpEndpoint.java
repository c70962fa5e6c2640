package com.waickoff.marketdata.mcp.http;

import com.waickoff.marketdata.mcp.message.Incoming;
import com.waickoff.marketdata.mcp.message.Incoming.Kind;
import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import com.waickoff.marketdata.mcp.serve.Service;
import com.waickoff.marketdata.mcp.serve.Shapes;
import com.waickoff.marketdata.mcp.stateless.Revision;
import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The path of the protocol, for both eras.
 *
 * <pre>
 *   POST ──► one message ──┬─ without session ──► {@link StatelessServer} ──► JSON, or events and JSON
 *                          └─ initialize, or of a session ──► {@link Session} ──► the same
 *   GET, DELETE ──────────────────────────────► {@link Session}
 * </pre>
 *
 * <p>Threads: those that must not wait; what may wait is given back as {@link Work}.
 */
final class McpEndpoint {
    private static final String SESSION_ID = "Mcp-Session-Id";
    private static final String VERSION = "MCP-Protocol-Version";
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final Service service;
    private final Sessions sessions;
    private final int maxBodyBytes;
    private final long signOfLifeNs;

    McpEndpoint(Service service, Sessions sessions, int maxBodyBytes, long signOfLifeNs) {
        this.service = service;
        this.sessions = sessions;
        this.maxBodyBytes = maxBodyBytes;
        this.signOfLifeNs = signOfLifeNs;
    }

    /** Answers what can be answered at once; what is left to do otherwise. */
    @Nullable
    Work take(Exchange exchange) throws Refusal, IOException {
        return switch (exchange.method()) {
            case "POST" -> post(exchange);
            case "GET" -> {
                if (!accepts(exchange, EVENTS)) {
                    throw new Refusal(406, "GET gives text/event-stream: accept that.");
                }
                yield () -> session(exchange).listen(exchange, signOfLifeNs);
            }
            case "DELETE" -> () -> {
                sessions.end(session(exchange));
                exchange.end(200);
            };
            default -> throw new Refusal(405, "Use POST, GET or DELETE.",
                    Map.of("Allow", "POST, GET, DELETE"));
        };
    }

    private @Nullable Work post(Exchange exchange) throws Refusal, IOException {
        if (!accepts(exchange, JSON) || !accepts(exchange, EVENTS)) {
            throw new Refusal(406, "Accept both application/json and text/event-stream.");
        }
        String type = exchange.header("Content-Type");
        if (type == null || !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            throw new Refusal(415, "Send application/json.");
        }
        byte[] body = exchange.bodyAtHand(maxBodyBytes);
        if (body == null) {
            return () -> answer(Incoming.of(service.mapper(), exchange.body(maxBodyBytes)),
                    exchange, true);
        }
        Incoming message = Incoming.of(service.mapper(), body);
        return !mayWait(message) && answer(message, exchange, false) ? null
                : () -> answer(message, exchange, true);
    }

    /** What is not known to be answered at once. */
    private boolean mayWait(Incoming message) {
        return switch (message.kind()) {
            case NOTHING, REFUSED -> false;
            case NOTIFICATION, ANSWER -> true;
            case REQUEST -> switch (message.method()) {
                case McpSchema.METHOD_TOOLS_CALL -> service.mayWait(message.params());
                case McpSchema.METHOD_PING, McpSchema.METHOD_TOOLS_LIST -> false;
                default -> true;
            };
        };
    }

    /** False if it would have to wait, and must not. */
    private boolean answer(Incoming message, Exchange exchange, boolean mayWait)
            throws Refusal, IOException {
        String version = exchange.header(VERSION);
        return switch (message.kind()) {
            case NOTHING -> throw new Refusal(400, "There is no message.");
            case REFUSED -> {
                exchange.answer(400, Rpc.error(message.id(), message.code(), message.text()));
                yield true;
            }
            default -> Revision.isStateless(message, version)
                    ? withoutSession(message, exchange, mayWait)
                    : withSession(message, version, exchange, mayWait);
        };
    }

    private boolean withoutSession(Incoming message, Exchange exchange, boolean mayWait)
            throws Refusal, IOException {
        if (message.kind() == Kind.ANSWER) {
            throw new Refusal(400, "Nothing is asked from here: send requests.");
        }
        try {
            StatelessHeaders.check(exchange, message);
        } catch (RpcFailure mismatch) {
            exchange.answer(400, Rpc.error(message.id(), mismatch.code(), mismatch.text()));
            return true;
        }
        if (message.kind() == Kind.NOTIFICATION) {
            exchange.end(202);
            return true;
        }
        StatelessServer.Reply reply = service.stateless().answer(message, exchange, mayWait);
        if (reply == null) {
            return false;
        }
        if (reply.code() == Rpc.BUSY) {
            exchange.setHeader("Retry-After", "10");
        }
        exchange.answer(status(reply), reply.message());
        return true;
    }

    private static int status(StatelessServer.Reply reply) {
        return switch (reply.code()) {
            case 0 -> 200;
            case Rpc.METHOD_NOT_FOUND -> 404;
            case StatelessServer.MISSING_CAPABILITY -> 400;
            case Rpc.INTERNAL_ERROR -> 500;
            case Rpc.BUSY -> Rpc.BUSY;
            default -> reply.asked() ? 200 : 400;
        };
    }

    private boolean withSession(Incoming message, @Nullable String version, Exchange exchange,
            boolean mayWait) throws Refusal, IOException {
        if (version != null && !Revision.WITH_SESSIONS.contains(version)) {
            throw new Refusal(400, "Unsupported protocol version. There are: "
                    + Revision.STATELESS + ", " + String.join(", ", Revision.WITH_SESSIONS)
                    + ".");
        }
        if (message.kind() == Kind.REQUEST && message.is(McpSchema.METHOD_INITIALIZE)) {
            initialize(message, exchange);
            return true;
        }
        return session(exchange).take(message, exchange, mayWait);
    }

    private void initialize(Incoming message, Exchange exchange) throws Refusal, IOException {
        String problem = Shapes.problemOf(message, service.tools());
        if (problem == null) {
            try {
                Sessions.Begun begun = sessions.begin(message, exchange.owner());
                exchange.setHeader(SESSION_ID, begun.session().id());
                exchange.answer(200, Rpc.result(message.id(), begun.result()));
                return;
            } catch (McpError wrong) {
                problem = "params have the wrong shape.";
            }
        }
        exchange.answer(400, Rpc.error(message.id(), Rpc.INVALID_PARAMS, problem));
    }

    private Session session(Exchange exchange) throws Refusal {
        String id = exchange.header(SESSION_ID);
        if (id == null) {
            throw new Refusal(400, "Send initialize first, and then the " + SESSION_ID
                    + " that it gives; or name revision " + Revision.STATELESS
                    + ", which has no sessions.");
        }
        Session session = sessions.find(id, exchange.owner());
        if (session == null) {
            throw new Refusal(404, "There is no such session any more. Send initialize.");
        }
        return session;
    }

    private static boolean accepts(Exchange exchange, String type) {
        String group = type.substring(0, type.indexOf('/')) + "/*";
        List<String> accepted = exchange.headers("Accept");
        return accepted.stream().flatMap(value -> List.of(value.split(",")).stream())
                .map(value -> value.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .anyMatch(value -> value.equals(type) || value.equals(group)
                        || value.equals("*/*"));
    }
}
