package com.waickoff.marketdata.mcp.stdio;

import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import com.waickoff.marketdata.mcp.subscribe.News;
import com.waickoff.marketdata.mcp.subscribe.Subscriber;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the one session is told of resources it watches, by a writer that begins with the first of
 * them.
 *
 * <p>Threads: one watches; the writer its own.
 */
final class SessionNews implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SessionNews.class);
    private static final long PATIENCE_NS = TimeUnit.MINUTES.toNanos(1);

    private final Fanout fanout;
    private final Consumer<Object> write;
    private @Nullable Subscriber subscriber;

    SessionNews(Fanout fanout, Consumer<Object> write) {
        this.fanout = fanout;
        this.write = write;
    }

    /** Watches a resource; false if there is none of this URI that changes. */
    boolean watch(String uri) {
        Subscriber open = subscriber;
        if (open == null) {
            Subscriber begun = fanout.open(() -> {});
            subscriber = begun;
            open = begun;
            Thread.ofVirtual().name("session-news").start(() -> tell(begun));
        }
        return open.watch(uri);
    }

    void unwatch(String uri) {
        if (subscriber != null) {
            subscriber.unwatch(uri);
        }
    }

    private void tell(Subscriber from) {
        try {
            for (News news = from.next(PATIENCE_NS); news != null; news = from
                    .next(PATIENCE_NS)) {
                for (String uri : news.updated()) {
                    write.accept(Rpc.notification(
                            McpSchema.METHOD_NOTIFICATION_RESOURCES_UPDATED, Map.of("uri", uri)));
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException gone) {
            LOG.debug("the client is gone", gone);
        }
    }

    @Override
    public void close() {
        if (subscriber != null) {
            subscriber.close();
        }
    }
}
