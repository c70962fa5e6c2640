package com.waickoff.marketdata.mcp.subscribe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells subscribers which resources have changed. One thread asks for the versions of all watched
 * resources a few times a second, and marks; it writes to nobody. So a resource is new at most as
 * often as it is asked for, and a client that does not read costs the others nothing.
 *
 * <p>Threads: any; its own one looks.
 */
public final class Fanout implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fanout.class);

    private final Watchable resources;
    private final Settings settings;
    private final LongSupplier nanoTime;
    private final List<Subscriber> subscribers = new CopyOnWriteArrayList<>();
    /** What is watched by anybody, and its version when it was last asked for. */
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread looker;
    private volatile boolean closed;

    /**
     * Bounds.
     *
     * @param lookEveryNs how often versions are asked for, and so how often a client is told of one
     *     resource at most
     * @param stallNs how long one write to a client may take before the client is dropped
     * @param maxSubscribers clients at once
     * @param maxUris resources a client may watch
     */
    public record Settings(long lookEveryNs, long stallNs, int maxSubscribers, int maxUris) {
        /** Four times a second; ten seconds; 256 clients; 64 resources each. */
        public static final Settings DEFAULT = new Settings(250_000_000L, 10_000_000_000L, 256,
                64);
    }

    /** Starts to look. */
    public Fanout(Watchable resources, Settings settings, LongSupplier nanoTime) {
        this.resources = resources;
        this.settings = settings;
        this.nanoTime = nanoTime;
        looker = Thread.ofVirtual().name("subscriptions").start(this::look);
    }

    /** Whether there is no room for one more subscriber. */
    public boolean isFull() {
        return subscribers.size() >= settings.maxSubscribers();
    }

    /**
     * A subscriber, which its writer has to close.
     *
     * @param cut takes the client's connection away, to end a write that does not end; any thread
     */
    public Subscriber open(Runnable cut) {
        Subscriber subscriber = new Subscriber(this, settings.maxUris(), cut);
        subscribers.add(subscriber);
        if (closed) {
            subscriber.close();
        }
        return subscriber;
    }

    /** Tells those who want it that something without content has happened. */
    public void announce(String method) {
        subscribers.forEach(subscriber -> subscriber.announce(method));
    }

    /** Clients at the moment. */
    public int size() {
        return subscribers.size();
    }

    /** Clients dropped so far because they did not read. */
    public long dropped() {
        return dropped.get();
    }

    /** Ends all subscriptions. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(looker);
        subscribers.forEach(Subscriber::close);
    }

    long nowNs() {
        long now = nanoTime.getAsLong();
        return now == 0 ? 1 : now;
    }

    boolean isWatchable(String uri) {
        return resources.isWatchable(uri);
    }

    /** From now on changes of this resource are noticed; somebody watches it already. */
    void begin(String uri) {
        long version = resources.version(uri);
        synchronized (versions) {
            versions.putIfAbsent(uri, version);
        }
    }

    void remove(Subscriber subscriber) {
        subscribers.remove(subscriber);
    }

    void drop(Subscriber subscriber) {
        if (subscribers.contains(subscriber)) {
            dropped.incrementAndGet();
            LOG.warn("a subscriber that does not read was dropped");
            subscriber.close();
            subscriber.cut();
        }
    }

    private void look() {
        while (!closed) {
            try {
                lookOnce();
            } catch (RuntimeException | InternalError fault) {
                // InternalError: what a mapped file that was cut short is told by. Next time anew.
                LOG.error("versions could not be looked up", fault);
            }
            LockSupport.parkNanos(settings.lookEveryNs());
        }
    }

    private void lookOnce() {
        long nowNs = nowNs();
        Set<String> watched = new LinkedHashSet<>();
        for (Subscriber subscriber : subscribers) {
            if (subscriber.stallsFor(settings.stallNs(), nowNs)) {
                drop(subscriber);
            } else {
                subscriber.addWatched(watched);
            }
        }
        Set<String> changed = new LinkedHashSet<>();
        for (String uri : watched) {
            long version = resources.version(uri);
            Long before = versions.put(uri, version);
            if (before != null && before != version) {
                changed.add(uri);
            }
        }
        forgetUnwatched();
        if (!changed.isEmpty()) {
            subscribers.forEach(subscriber -> subscriber.mark(changed));
        }
    }

    /** Looks anew who watches what: a resource that somebody began to watch meanwhile stays known. */
    private void forgetUnwatched() {
        synchronized (versions) {
            Set<String> watched = new LinkedHashSet<>();
            subscribers.forEach(subscriber -> subscriber.addWatched(watched));
            versions.keySet().retainAll(watched);
        }
    }
}
