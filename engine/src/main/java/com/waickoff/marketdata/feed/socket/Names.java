package com.waickoff.marketdata.feed.socket;

import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks up addresses of hosts on a thread of its own: a name server that does not answer must not
 * stop the feeds that are live.
 */
final class Names implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread named = new Thread(task, "waickoff-names");
        named.setDaemon(true);
        return named;
    });

    /**
     * Looks up a host.
     *
     * @param attempt which of several addresses is taken: each in its turn
     * @param found called on the loop, or at once where there is nothing to look up
     * @param failed called on the loop
     */
    void find(String host, int port, int attempt, EventLoop loop,
            Consumer<InetSocketAddress> found, Consumer<Throwable> failed) {
        InetAddress literal = literal(host);
        if (literal != null) {
            found.accept(new InetSocketAddress(literal, port));
            return;
        }
        try {
            thread.execute(() -> lookUp(host, port, attempt, loop, found, failed));
        } catch (RejectedExecutionException e) {
            failed.accept(e);
        }
    }

    private static void lookUp(String host, int port, int attempt, EventLoop loop,
            Consumer<InetSocketAddress> found, Consumer<Throwable> failed) {
        Runnable outcome;
        try {
            InetAddress[] all = InetAddress.getAllByName(host);
            InetAddress one = all[Math.floorMod(attempt, all.length)];
            outcome = () -> found.accept(new InetSocketAddress(one, port));
        } catch (UnknownHostException e) {
            outcome = () -> failed.accept(e);
        }
        if (!loop.isShuttingDown()) {
            loop.execute(outcome);
        }
    }

    /** The address that a host is already, or null if it is a name. */
    static @Nullable InetAddress literal(String host) {
        try {
            return InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return null; // a name
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
