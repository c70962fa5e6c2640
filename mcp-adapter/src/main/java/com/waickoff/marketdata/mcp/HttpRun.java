package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.cli.Signals;
import com.waickoff.marketdata.mcp.condition.ConditionReader;
import com.waickoff.marketdata.mcp.health.HealthPages;
import com.waickoff.marketdata.mcp.health.MetricsPage;
import com.waickoff.marketdata.mcp.http.HttpServer;
import com.waickoff.marketdata.mcp.http.HttpSettings;
import com.waickoff.marketdata.mcp.http.Page;
import com.waickoff.marketdata.mcp.serve.MarketServer;
import com.waickoff.marketdata.mcp.serve.Service;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** {@code waickoff mcp --http}: from the settings to the end of the process. */
final class HttpRun {
    private final HttpSettings settings;
    private final PrintWriter err;

    /**
     * A run with these settings.
     *
     * @param host where to listen in place of {@code mcp.host}; null for that
     * @param port likewise
     */
    HttpRun(EngineSetup setup, @Nullable String host, @Nullable Integer port, PrintWriter err)
            throws HttpSetup.WrongSettingsException {
        this.settings = settings(setup, host, port);
        this.err = err;
    }

    /** What is configured, and what options set in its place. */
    static HttpSettings settings(EngineSetup setup, @Nullable String host, @Nullable Integer port)
            throws HttpSetup.WrongSettingsException {
        Map<String, String> values = new HashMap<>(setup.mcp());
        if (port != null) {
            values.put("mcp.port", port.toString());
        }
        if (host != null) {
            values.put("mcp.host", host);
        }
        return HttpSetup.of(values, setup.base());
    }

    /**
     * Serves until the process is told to end.
     *
     * @param in ends it too, when it ends; null for not
     * @throws IOException if it cannot listen
     */
    void serve(MarketSources sources, Service service, @Nullable InputStream in)
            throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        Signals.handle(number -> end.countDown());
        if (in != null) {
            Signals.onEndOf(in, end::countDown);
        }
        ConditionReader condition = sources.condition();
        HealthPages health = new HealthPages(condition,
                json -> MarketServer.text(service.mapper(), json));
        AtomicReference<@Nullable HttpServer> made = new AtomicReference<>();
        Page metrics = new MetricsPage(sources.engine(), condition,
                Map.of("waickoff_mcp_sessions", () -> {
                    HttpServer listening = made.get();
                    return listening == null ? 0 : listening.sessions();
                }, "waickoff_mcp_subscribers", service.fanout()::size), service.fanout()::dropped);
        try (HttpServer server = new HttpServer(settings, service, health.probes(),
                Map.of("/health", health.all(), "/metrics", metrics), System::nanoTime)) {
            made.set(server);
            int port = server.start();
            err.println("waickoff mcp listens on http://" + address() + ':' + port
                    + "/mcp, process " + ProcessHandle.current().pid()
                    + (settings.tokens() == null ? "" : "; tokens are asked for"));
            end.await();
            // Clients that listen are told that it is over, before their connections are.
            service.fanout().close();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private String address() {
        return settings.host().indexOf(':') >= 0 ? '[' + settings.host() + ']' : settings.host();
    }
}
