package com.waickoff.marketdata.mcp.stdio;

import com.waickoff.marketdata.mcp.stdio.Incoming.Kind;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpServerSession;
import io.modelcontextprotocol.spec.McpServerTransport;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Carries one session over a pair of streams: a line that is no message is answered with an error,
 * and the session goes on; each request is answered, in whatever state the session is.
 *
 * <pre>
 *   line ──► {@link Incoming} ──ok──► session of the SDK ──► handler ──► line
 *               └── error, or what is asked before initialize ─────────► line
 * </pre>
 *
 * <p>Threads: one reads and handles; any may send.
 */
public final class StdioLane implements McpServerTransportProvider {
    private static final Logger LOG = LoggerFactory.getLogger(StdioLane.class);
    private static final List<String> VERSIONS = List.of(ProtocolVersions.MCP_2024_11_05,
            ProtocolVersions.MCP_2025_03_26, ProtocolVersions.MCP_2025_06_18,
            ProtocolVersions.MCP_2025_11_25);
    private static final int INTERNAL_ERROR = -32603;

    private final McpJsonMapper mapper;
    private final LineSource lines;
    private final OutputStream out;
    private final Set<String> tools;
    private final UnaryOperator<String> incident;
    private @Nullable McpServerSession session;
    private State state = State.NEW;

    /** How far the session has come. */
    private enum State {
        /** Nothing but {@code initialize} and {@code ping} makes sense. */
        NEW,
        /** The client asked to initialize, but has not yet said that it is ready. */
        GREETED,
        /** Everything goes. */
        READY
    }

    /**
     * A lane over these streams, which stay the caller's.
     *
     * @param maxLineBytes longer lines are refused
     * @param tools that can be called
     * @param incident writes down what went wrong and returns a reference to it
     */
    public StdioLane(McpJsonMapper mapper, InputStream in, OutputStream out, int maxLineBytes,
            Set<String> tools, UnaryOperator<String> incident) {
        this.mapper = mapper;
        this.lines = new LineSource(in, maxLineBytes);
        this.out = out;
        this.tools = Set.copyOf(tools);
        this.incident = incident;
    }

    /** Reads and answers until the client closes its end. */
    public void run() {
        try {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                take(line);
            }
        } catch (IOException | UncheckedIOException gone) {
            // A client that dies takes its ends of the streams with it.
            LOG.debug("the client is gone", gone);
        }
    }

    private void take(byte[] line) {
        Incoming incoming = Incoming.of(mapper, line, tools);
        switch (incoming.kind()) {
            case NOTHING -> {}
            case REFUSED -> sendError(incoming.id(), incoming.code(), incoming.text());
            case NOTIFICATION -> notified(incoming);
            case REQUEST -> requested(incoming);
        }
    }

    private void notified(Incoming notification) {
        // The others announce what this server has no use for.
        if (notification.is(McpSchema.METHOD_NOTIFICATION_INITIALIZED) && state == State.GREETED) {
            ready();
        }
    }

    private void requested(Incoming request) {
        if (request.is(McpSchema.METHOD_INITIALIZE)) {
            state = state == State.NEW ? State.GREETED : state;
        } else if (state != State.READY && request.is(McpSchema.METHOD_PING)) {
            sendResult(request.id(), Map.of());
            return;
        } else if (state == State.NEW) {
            boolean known = request.kind() == Kind.REQUEST && request.isKnown();
            sendError(request.id(), known ? Incoming.INVALID_REQUEST : Incoming.METHOD_NOT_FOUND,
                    known ? "Send initialize first." : request.unknownMethod());
            return;
        } else if (state == State.GREETED) {
            // The SDK would wait for the client to say so, and some never do.
            ready();
        }
        deliver(new JSONRPCRequest(McpSchema.JSONRPC_VERSION, request.method(),
                request.id(), request.params()));
    }

    private void ready() {
        state = State.READY;
        deliver(new JSONRPCNotification(McpSchema.METHOD_NOTIFICATION_INITIALIZED));
    }

    private void deliver(JSONRPCMessage message) {
        McpServerSession receiver = session;
        if (receiver == null) {
            throw new IllegalStateException("no server was built upon this lane");
        }
        receiver.handle(message).subscribe(nothing -> {}, failure -> {
            if (failure instanceof UncheckedIOException) {
                LOG.debug("the client is gone", failure);
            } else {
                LOG.error("a message could not be handled", failure);
            }
        });
    }

    private void sendResult(@Nullable Object id, Object result) {
        Map<String, @Nullable Object> json = message(id);
        json.put("result", result);
        write(json);
    }

    private void sendError(@Nullable Object id, int code, String text) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", text);
        Map<String, @Nullable Object> json = message(id);
        json.put("error", error);
        write(json);
    }

    private static Map<String, @Nullable Object> message(@Nullable Object id) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("jsonrpc", McpSchema.JSONRPC_VERSION);
        json.put("id", id);
        return json;
    }

    private void send(JSONRPCMessage message) {
        if (message instanceof JSONRPCResponse response && response.error() != null
                && response.error().code() == INTERNAL_ERROR) {
            // The SDK puts the words of exceptions there.
            sendError(response.id(), INTERNAL_ERROR,
                    "INTERNAL ref=" + incident.apply(String.valueOf(response.error().message())));
        } else {
            write(message);
        }
    }

    /** JSON escapes line feeds: what is written is one line. */
    private void write(Object message) {
        try {
            byte[] json = mapper.writeValueAsBytes(message);
            synchronized (out) {
                out.write(json);
                out.write('\n');
                out.flush();
            }
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    @Override
    public void setSessionFactory(McpServerSession.Factory factory) {
        session = factory.create(new Outgoing());
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return session == null ? Mono.empty() : session.sendNotification(method, params);
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
        return VERSIONS;
    }

    /** The session's way to the client. */
    private final class Outgoing implements McpServerTransport {
        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> send(message));
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return mapper.convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }

        @Override
        public List<String> protocolVersions() {
            return VERSIONS;
        }
    }
}
