package com.waickoff.marketdata.mcp.stdio;

import com.waickoff.marketdata.mcp.message.Incoming;
import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.serve.Service;
import com.waickoff.marketdata.mcp.serve.SessionTools;
import com.waickoff.marketdata.mcp.serve.Shapes;
import com.waickoff.marketdata.mcp.stateless.Outlet;
import com.waickoff.marketdata.mcp.stateless.Revision;
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
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Carries both eras of the protocol over one pair of streams: a line that is no message is answered
 * with an error, and all goes on; each request is answered, in whatever state the session is.
 *
 * <pre>
 *   line ──► {@link Incoming} ──┬─ without session ──► stateless server ──► line
 *               │        ├─ tools/call ──► {@link SessionTools} ───────► line
 *               │        └─ others ──► session of the SDK ──► handler ──► line
 *               └── error, or what is asked before initialize ─────────► line
 * </pre>
 *
 * <p>Threads: one reads and handles; what may wait has threads of its own; any may send.
 */
public final class StdioLane implements McpServerTransportProvider {
    private static final Logger LOG = LoggerFactory.getLogger(StdioLane.class);
    private static final String CANCELLED = "notifications/cancelled";
    private static final String LISTEN = "subscriptions/listen";
    private static final int RESOURCE_NOT_FOUND = -32002;
    /** What a session can be asked before it is one: to know it, or not. */
    private static final Set<String> KNOWN = Set.of(McpSchema.METHOD_LOGGING_SET_LEVEL,
            McpSchema.METHOD_TOOLS_LIST, McpSchema.METHOD_TOOLS_CALL,
            McpSchema.METHOD_RESOURCES_LIST, McpSchema.METHOD_RESOURCES_READ,
            McpSchema.METHOD_RESOURCES_TEMPLATES_LIST, McpSchema.METHOD_RESOURCES_SUBSCRIBE,
            McpSchema.METHOD_RESOURCES_UNSUBSCRIBE, McpSchema.METHOD_PROMPT_LIST,
            McpSchema.METHOD_PROMPT_GET, McpSchema.METHOD_COMPLETION_COMPLETE);

    private final Service service;
    private final McpJsonMapper mapper;
    private final LineSource lines;
    private final OutputStream out;
    private final WaitingCalls waiting = new WaitingCalls();
    private final SessionNews news;
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
     */
    public StdioLane(Service service, InputStream in, OutputStream out, int maxLineBytes) {
        this.service = service;
        this.mapper = service.mapper();
        this.lines = new LineSource(in, maxLineBytes);
        this.out = out;
        this.news = new SessionNews(service.fanout(), this::write);
    }

    /** Reads and answers until the client closes its end. */
    public void run() {
        service.serve(this);
        try {
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                take(line);
            }
        } catch (IOException | UncheckedIOException gone) {
            // A client that dies takes its ends of the streams with it.
            LOG.debug("the client is gone", gone);
        }
        news.close();
        waiting.end();
    }

    private void take(byte[] line) {
        Incoming message = LineSource.isTooLong(line)
                ? Incoming.refused(null, Rpc.INVALID_REQUEST, "The line is too long for a message.")
                : Incoming.of(mapper, line);
        switch (message.kind()) {
            case NOTHING -> {}
            case REFUSED -> write(Rpc.error(message.id(), message.code(), message.text()));
            case NOTIFICATION -> notified(message);
            case ANSWER -> answered(message);
            case REQUEST -> {
                if (Revision.isStateless(message, null)) {
                    withoutSession(message);
                } else {
                    withSession(message);
                }
            }
        }
    }

    private void notified(Incoming notification) {
        // The others announce what this server has no use for.
        if (notification.is(McpSchema.METHOD_NOTIFICATION_INITIALIZED) && state == State.GREETED) {
            ready();
        } else if (notification.is(CANCELLED)) {
            Object id = notification.params().get("requestId");
            if (id != null) {
                waiting.cancel(id);
            }
        }
    }

    private void answered(Incoming answer) {
        if (state != State.READY) {
            return;
        }
        try {
            deliver(mapper.convertValue(answer.body(), JSONRPCResponse.class));
        } catch (RuntimeException otherShape) {
            LOG.debug("an answer of another shape", otherShape);
        }
    }

    private void withoutSession(Incoming request) {
        if (request.is(LISTEN) || callMayWait(request) || !answerWithoutSession(request, false)) {
            begin(request, () -> answerWithoutSession(request, true));
        }
    }

    /** False if it would have to wait, and must not. */
    private boolean answerWithoutSession(Incoming request, boolean mayWait) {
        try {
            var reply = service.stateless().answer(request, new SharedOutlet(), mayWait);
            if (reply != null && !waiting.isCancelled(request.id())) {
                write(reply.message());
            }
            return reply != null;
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    private void withSession(Incoming request) {
        String problem = Shapes.problemOf(request, service.tools());
        if (problem != null) {
            write(Rpc.error(request.id(), Rpc.INVALID_PARAMS, problem));
            return;
        }
        if (request.is(McpSchema.METHOD_INITIALIZE)) {
            state = state == State.NEW ? State.GREETED : state;
        } else if (state != State.READY && request.is(McpSchema.METHOD_PING)) {
            write(Rpc.result(request.id(), Map.of()));
            return;
        } else if (state == State.NEW) {
            boolean known = KNOWN.contains(request.method());
            write(Rpc.error(request.id(), known ? Rpc.INVALID_REQUEST : Rpc.METHOD_NOT_FOUND,
                    known ? "Send initialize first." : request.unknownMethod()));
            return;
        } else if (state == State.GREETED) {
            // The SDK would wait for the client to say so, and some never do.
            ready();
        }
        if (request.is(McpSchema.METHOD_RESOURCES_SUBSCRIBE)
                || request.is(McpSchema.METHOD_RESOURCES_UNSUBSCRIBE)) {
            subscribe(request);
            return;
        }
        SessionTools tools = service.sessionTools();
        if (request.is(McpSchema.METHOD_TOOLS_CALL) && tools != null) {
            if (!call(tools, request, false)) {
                begin(request, () -> call(tools, request, true));
            }
            return;
        }
        JSONRPCRequest asked = new JSONRPCRequest(McpSchema.JSONRPC_VERSION, request.method(),
                request.id(), request.params());
        if (callMayWait(request)) {
            begin(request, () -> deliver(asked));
        } else {
            deliver(asked);
        }
    }

    /** False if it would have to wait, and must not. */
    private boolean call(SessionTools tools, Incoming request, boolean mayWait) {
        Map<String, Object> result = tools.call(request.params(), mayWait);
        if (result != null && !waiting.isCancelled(request.id())) {
            write(Rpc.result(request.id(), result));
        }
        return result != null;
    }

    private void subscribe(Incoming request) {
        if (!(request.params().get("uri") instanceof String uri)) {
            write(Rpc.error(request.id(), Rpc.INVALID_PARAMS, "uri is missing or not a text."));
        } else if (request.is(McpSchema.METHOD_RESOURCES_UNSUBSCRIBE)) {
            news.unwatch(uri);
            write(Rpc.result(request.id(), Map.of()));
        } else if (news.watch(uri)) {
            write(Rpc.result(request.id(), Map.of()));
        } else {
            write(Rpc.error(request.id(), RESOURCE_NOT_FOUND, "There is no such resource that"
                    + " changes, or too many are watched already."));
        }
    }

    private boolean callMayWait(Incoming request) {
        return request.is(McpSchema.METHOD_TOOLS_CALL) && service.mayWait(request.params());
    }

    private void begin(Incoming request, Runnable call) {
        if (!waiting.begin(Objects.requireNonNull(request.id()), call)) {
            write(Rpc.error(request.id(), Rpc.BUSY,
                    "There are as many calls that wait as there may be. Try again later."));
        }
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

    private void send(JSONRPCMessage message) {
        boolean unwanted = message instanceof JSONRPCResponse response
                && waiting.isCancelled(response.id());
        if (!unwanted) {
            write(service.incidents().safe(message));
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
        return Revision.WITH_SESSIONS.reversed();
    }

    /** The one way to the client, for all requests alike. */
    private final class SharedOutlet implements Outlet {
        @Override
        public void send(Map<String, Object> notification) throws IOException {
            try {
                write(notification);
            } catch (UncheckedIOException gone) {
                throw gone.getCause();
            }
        }

        @Override
        public void signOfLife() {
            // The process is one.
        }

        @Override
        public void cut() {
            // There is no connection but the process's own.
        }
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
            return StdioLane.this.protocolVersions();
        }
    }
}
