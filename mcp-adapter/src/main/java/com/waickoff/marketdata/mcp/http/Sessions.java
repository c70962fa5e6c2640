package com.waickoff.marketdata.mcp.http;

import com.waickoff.marketdata.mcp.message.Incoming;
import com.waickoff.marketdata.mcp.serve.Service;
import com.waickoff.marketdata.mcp.stateless.Revision;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The sessions of the older era, a bounded number of them. Clients need not end theirs, and most do
 * not: where there is no room, those that nobody has used for a while make some.
 *
 * <p>Threads: any.
 */
final class Sessions implements McpStreamableServerTransportProvider {
    private static final long EVICTABLE_NS = TimeUnit.SECONDS.toNanos(60);

    private final Service service;
    private final int most;
    private final long idleNs;
    private final LongSupplier nanoTime;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private McpStreamableServerSession.@Nullable Factory factory;

    /** A session that has begun, and what its client is told. */
    record Begun(Session session, InitializeResult result) {}

    Sessions(Service service, int most, long idleNs, LongSupplier nanoTime) {
        this.service = service;
        this.most = most;
        this.idleNs = idleNs;
        this.nanoTime = nanoTime;
    }

    /**
     * Begins a session.
     *
     * @param owner who may use it
     * @throws Refusal if there is no room
     * @throws McpError if the request has the wrong shape
     */
    synchronized Begun begin(Incoming initialize, String owner) throws Refusal {
        McpStreamableServerSession.Factory begin = factory;
        if (begin == null) {
            throw new IllegalStateException("no server was built upon these sessions");
        }
        makeRoom();
        var begun = begin.startSession(
                service.mapper().convertValue(initialize.params(), InitializeRequest.class));
        InitializeResult result = begun.initResult().block();
        if (result == null) {
            throw new IllegalStateException("initialize has no result");
        }
        Session session = new Session(begun.session(), service, owner, nanoTime);
        sessions.put(session.id(), session);
        return new Begun(session, result);
    }

    /** The session of this id and owner, from now on used; null if there is none any more. */
    @Nullable
    Session find(String id, String owner) {
        Session session = sessions.get(id);
        if (session == null || !session.isOf(owner)) {
            return null;
        }
        session.use();
        return session;
    }

    void end(Session session) {
        if (sessions.remove(session.id()) != null) {
            session.close();
        }
    }

    int size() {
        return sessions.size();
    }

    private void makeRoom() throws Refusal {
        sessions.values().stream().filter(session -> session.idleNs() > idleNs).toList()
                .forEach(this::end);
        if (sessions.size() < most) {
            return;
        }
        Session longest = sessions.values().stream()
                .max(Comparator.comparingLong(Session::idleNs)).orElse(null);
        if (longest == null || longest.idleNs() < EVICTABLE_NS) {
            throw new Refusal(429, "There are as many sessions as there may be. End some, or ask"
                    + " without sessions.", Map.of("Retry-After", "60"));
        }
        end(longest);
    }

    @Override
    public void setSessionFactory(McpStreamableServerSession.Factory sessionFactory) {
        factory = sessionFactory;
    }

    @Override
    public Mono<Void> notifyClients(String method, Object params) {
        return Mono.fromRunnable(
                () -> sessions.values().forEach(session -> session.notify(method, params)));
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.fromRunnable(() -> List.copyOf(sessions.values()).forEach(this::end));
    }

    @Override
    public List<String> protocolVersions() {
        return Revision.WITH_SESSIONS.reversed();
    }
}
