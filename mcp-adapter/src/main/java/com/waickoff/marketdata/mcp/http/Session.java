package com.waickoff.marketdata.mcp.http;

import com.waickoff.marketdata.mcp.message.Incoming;
import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.serve.Service;
import com.waickoff.marketdata.mcp.serve.SessionTools;
import com.waickoff.marketdata.mcp.serve.Shapes;
import com.waickoff.marketdata.mcp.subscribe.News;
import com.waickoff.marketdata.mcp.subscribe.Subscriber;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A session of the older era: of the SDK, but for its streams and its subscriptions, in which nobody
 * waits for a client that does not read.
 *
 * <p>Threads: each request its own; the one of the listening stream is the session's writer.
 */
final class Session {
    private static final Logger LOG = LoggerFactory.getLogger(Session.class);
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);
    /** As these revisions have it. */
    private static final int RESOURCE_NOT_FOUND = -32002;

    private final McpStreamableServerSession session;
    private final Service service;
    private final String owner;
    private final LongSupplier nanoTime;
    private final AtomicBoolean listening = new AtomicBoolean();
    private volatile @Nullable Exchange stream;
    private volatile long usedNs;
    private @Nullable Subscriber subscriber;

    Session(McpStreamableServerSession session, Service service, String owner,
            LongSupplier nanoTime) {
        this.session = session;
        this.service = service;
        this.owner = owner;
        this.nanoTime = nanoTime;
        usedNs = nanoTime.getAsLong();
    }

    String id() {
        return session.getId();
    }

    /** Whether it was begun by this client; its id alone is not enough. */
    boolean isOf(String client) {
        return owner.equals(client);
    }

    /** How long nobody has used it; 0 while a client listens. */
    long idleNs() {
        return listening.get() ? 0 : nanoTime.getAsLong() - usedNs;
    }

    void use() {
        usedNs = nanoTime.getAsLong();
    }

    void notify(String method, Object params) {
        session.sendNotification(method, params).subscribe(nothing -> {},
                nobodyListens -> LOG.debug("not told", nobodyListens));
    }

    void close() {
        Subscriber open = currentSubscriber();
        if (open != null) {
            open.close();
        }
        session.close();
    }

    /**
     * Takes a message other than {@code initialize}.
     *
     * @param mayWait whether this thread may wait
     * @return false if it would have to, and must not: the message is still to be taken
     */
    boolean take(Incoming message, Exchange exchange, boolean mayWait) throws IOException {
        return switch (message.kind()) {
            case NOTIFICATION -> {
                accept(session.accept(
                        new JSONRPCNotification(message.method(), message.params())));
                exchange.end(202);
                yield true;
            }
            case ANSWER -> {
                answered(message, exchange);
                yield true;
            }
            case REQUEST -> request(message, exchange, mayWait);
            default -> throw new IllegalArgumentException(message.kind().toString());
        };
    }

    private void answered(Incoming message, Exchange exchange) throws IOException {
        JSONRPCResponse response;
        try {
            response = service.mapper().convertValue(message.body(), JSONRPCResponse.class);
        } catch (RuntimeException otherShape) {
            exchange.answer(400, Rpc.error(message.id(), Rpc.INVALID_REQUEST,
                    "The answer has the wrong shape."));
            return;
        }
        accept(session.accept(response));
        exchange.end(202);
    }

    private static void accept(Mono<Void> handling) {
        handling.subscribe(nothing -> {}, failure -> LOG.debug("not handled", failure));
    }

    private boolean request(Incoming request, Exchange exchange, boolean mayWait)
            throws IOException {
        String problem = Shapes.problemOf(request, service.tools());
        SessionTools tools = service.sessionTools();
        if (problem != null) {
            exchange.answer(200, Rpc.error(request.id(), Rpc.INVALID_PARAMS, problem));
        } else if (request.is(McpSchema.METHOD_RESOURCES_SUBSCRIBE)
                || request.is(McpSchema.METHOD_RESOURCES_UNSUBSCRIBE)) {
            exchange.answer(200, subscription(request));
        } else if (request.is(McpSchema.METHOD_TOOLS_CALL) && tools != null) {
            Map<String, Object> result = tools.call(request.params(), mayWait);
            if (result == null) {
                return false;
            }
            exchange.answer(200, Rpc.result(request.id(), result));
        } else {
            respond(request, exchange);
        }
        return true;
    }

    private void respond(Incoming request, Exchange exchange) throws IOException {
        JSONRPCRequest asked = new JSONRPCRequest(McpSchema.JSONRPC_VERSION, request.method(),
                request.id(), request.params());
        try {
            session.responseStream(new ResponseStream(exchange, request.id())).handle(asked)
                    .contextWrite(context -> context.put(McpTransportContext.KEY,
                            McpTransportContext.EMPTY))
                    .block(LONGEST_CALL);
        } catch (UncheckedIOException gone) {
            throw gone.getCause();
        }
        if (!exchange.isEnded()) {
            throw new IllegalStateException("no answer to " + request.method());
        }
    }

    private Object subscription(Incoming request) {
        if (!(request.params().get("uri") instanceof String uri)) {
            return Rpc.error(request.id(), Rpc.INVALID_PARAMS, "uri is missing or not a text.");
        }
        if (request.is(McpSchema.METHOD_RESOURCES_UNSUBSCRIBE)) {
            Subscriber open = currentSubscriber();
            if (open != null) {
                open.unwatch(uri);
            }
            return Rpc.result(request.id(), Map.of());
        }
        Subscriber open = subscriber();
        if (open == null) {
            return Rpc.error(request.id(), Rpc.BUSY,
                    "There are as many subscriptions as there may be. Try again later.");
        }
        return open.watch(uri) ? Rpc.result(request.id(), Map.of())
                : Rpc.error(request.id(), RESOURCE_NOT_FOUND, "There is no such resource that"
                        + " changes, or too many are watched already.");
    }

    /** Tells the client what is new until one of both ends it. */
    void listen(Exchange exchange, long signOfLifeNs) throws Refusal, IOException {
        if (!listening.compareAndSet(false, true)) {
            throw new Refusal(409, "This session has a listening stream already.");
        }
        try {
            Subscriber open = subscriber();
            if (open == null) {
                throw new Refusal(429, "There are as many streams as there may be.",
                        Map.of("Retry-After", "10"));
            }
            stream = exchange;
            session.listeningStream(new ListeningStream(open));
            exchange.stream();
            for (News news = open.next(signOfLifeNs); news != null; news = open
                    .next(signOfLifeNs)) {
                tell(exchange, news);
            }
            exchange.end(200);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            exchange.end(200);
        } finally {
            session.releaseListeningStream();
            stream = null;
            use();
            listening.set(false);
        }
    }

    private static void tell(Exchange exchange, News news) throws IOException {
        if (news.isEmpty()) {
            exchange.signOfLife();
        }
        for (Object message : news.messages()) {
            exchange.event(message);
        }
        for (String uri : news.updated()) {
            exchange.event(Rpc.notification(McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED,
                    Map.of("uri", uri)));
        }
    }

    private synchronized @Nullable Subscriber currentSubscriber() {
        return subscriber;
    }

    private synchronized @Nullable Subscriber subscriber() {
        if (subscriber == null && !service.fanout().isFull()) {
            subscriber = service.fanout().open(this::cut);
        }
        return subscriber;
    }

    private void cut() {
        Exchange open = stream;
        if (open != null) {
            open.cut();
        }
    }

    /** What is sent outside of any answer; never waits. */
    private final class ListeningStream extends Stream {
        private final Subscriber to;

        ListeningStream(Subscriber to) {
            this.to = to;
        }

        @Override
        void send(JSONRPCMessage message) {
            to.add(service.incidents().safe(message));
        }
    }

    /** The answer to one request, and what is sent ahead of it. */
    private final class ResponseStream extends Stream {
        private final Exchange exchange;
        private final @Nullable Object id;

        ResponseStream(Exchange exchange, @Nullable Object id) {
            this.exchange = exchange;
            this.id = id;
        }

        @Override
        void send(JSONRPCMessage message) throws IOException {
            Object safe = service.incidents().safe(message);
            if (message instanceof JSONRPCResponse response && response.id() != null
                    && response.id().equals(id)) {
                exchange.answer(200, safe);
            } else {
                exchange.event(safe);
            }
        }
    }

    /** A way to the client as the SDK wants it. */
    private abstract class Stream implements McpStreamableServerTransport {
        abstract void send(JSONRPCMessage message) throws IOException;

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message) {
            return Mono.fromRunnable(() -> {
                try {
                    send(message);
                } catch (IOException gone) {
                    throw new UncheckedIOException(gone);
                }
            });
        }

        @Override
        public Mono<Void> sendMessage(JSONRPCMessage message, @Nullable String messageId) {
            return sendMessage(message);
        }

        @Override
        public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
            return service.mapper().convertValue(data, type);
        }

        @Override
        public Mono<Void> closeGracefully() {
            return Mono.empty();
        }

        @Override
        public void close() {}
    }
}
