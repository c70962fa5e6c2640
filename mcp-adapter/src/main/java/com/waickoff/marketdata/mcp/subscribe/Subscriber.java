package com.waickoff.marketdata.mcp.subscribe;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One client that wants to be told. What is new waits here until the client's own writer fetches it;
 * a resource that changes again meanwhile is new once, so what waits has a bound however slow the
 * client is.
 *
 * <pre>
 *   Fanout ──mark──► {set of what is new} ──next──► writer ──► client
 *                        bounded                       └ may stand still: nobody waits for it
 * </pre>
 *
 * <p>Threads: one fetches and writes, any others add.
 */
public final class Subscriber implements AutoCloseable {
    /** More than a client that reads at all ever lets wait. */
    private static final int MAX_MESSAGES = 256;

    private final Fanout fanout;
    private final int maxUris;
    private final Runnable cut;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<String> watched = new LinkedHashSet<>();
    private final Set<String> wanted = new LinkedHashSet<>();
    private List<Object> messages = new ArrayList<>();
    private Set<String> announcements = new LinkedHashSet<>();
    private Set<String> updated = new LinkedHashSet<>();
    private boolean closed;
    /** 0 while nothing is being written. */
    private long writingSinceNs;

    Subscriber(Fanout fanout, int maxUris, Runnable cut) {
        this.fanout = fanout;
        this.maxUris = maxUris;
        this.cut = cut;
    }

    /**
     * Watches a resource from now on.
     *
     * @return false if there is no such resource, or this client watches too many
     */
    public boolean watch(String uri) {
        if (!fanout.isWatchable(uri)) {
            return false;
        }
        lock.lock();
        try {
            if (!watched.contains(uri) && watched.size() >= maxUris) {
                return false;
            }
            watched.add(uri);
        } finally {
            lock.unlock();
        }
        fanout.begin(uri);
        return true;
    }

    /** No longer watches a resource. */
    public void unwatch(String uri) {
        lock.lock();
        try {
            watched.remove(uri);
            updated.remove(uri);
        } finally {
            lock.unlock();
        }
    }

    /** Wants notifications of this method, which have no content. */
    public void want(String method) {
        lock.lock();
        try {
            wanted.add(method);
        } finally {
            lock.unlock();
        }
    }

    /** Lets a message wait for the writer; a client with too many of them is cut off. */
    public void add(Object message) {
        lock.lock();
        try {
            if (messages.size() < MAX_MESSAGES) {
                messages.add(message);
                changed.signal();
                return;
            }
        } finally {
            lock.unlock();
        }
        fanout.drop(this);
    }

    /**
     * Waits for something new and takes it. Between this and the next call the writer counts as
     * writing.
     *
     * @param patienceNs how long; then what it returns is empty
     * @return null when it is over
     * @throws InterruptedException if the writer is to end
     */
    public @Nullable News next(long patienceNs) throws InterruptedException {
        long left = patienceNs;
        lock.lockInterruptibly();
        try {
            writingSinceNs = 0;
            while (!closed && messages.isEmpty() && announcements.isEmpty() && updated.isEmpty()
                    && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (closed) {
                return null;
            }
            News news = new News(messages, announcements, updated);
            messages = new ArrayList<>();
            announcements = new LinkedHashSet<>();
            updated = new LinkedHashSet<>();
            writingSinceNs = fanout.nowNs();
            return news;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it: the writer is told at its next call, or now if it waits. */
    @Override
    public void close() {
        fanout.remove(this);
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void addWatched(Set<String> all) {
        lock.lock();
        try {
            all.addAll(watched);
        } finally {
            lock.unlock();
        }
    }

    void mark(Set<String> uris) {
        lock.lock();
        try {
            for (String uri : uris) {
                if (watched.contains(uri)) {
                    updated.add(uri);
                    changed.signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void announce(String method) {
        lock.lock();
        try {
            if (wanted.contains(method)) {
                announcements.add(method);
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether its writer has been at one write for longer than that. */
    boolean stallsFor(long limitNs, long nowNs) {
        lock.lock();
        try {
            return writingSinceNs != 0 && nowNs - writingSinceNs > limitNs;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the client's connection away from under its writer. */
    void cut() {
        cut.run();
    }
}
