package com.waickoff.marketdata.mcp.http;

import com.waickoff.marketdata.mcp.access.Principal;
import com.waickoff.marketdata.mcp.access.RateLimit;
import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.serve.Incidents;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom every request passes: it decides whether somebody may ask at all, and answers what may not be
 * asked itself, as JSON, without a word about how this program is made.
 *
 * <pre>
 *   probes ──────────────────────────────────────────────► {@link Page}
 *   others ─► name? ─► page? ─► path? ─► token? ─► how often? ─┬─► {@link McpEndpoint}
 *              421      403      404    401, 403     429       └─► {@link Page}
 * </pre>
 *
 * <p>Threads: those of the web server, which must not wait, and for what may wait one for each
 * request.
 */
final class Front extends Handler.Abstract.NonBlocking {
    static final String MCP = "/mcp";

    private static final Logger LOG = LoggerFactory.getLogger(Front.class);
    private static final String METADATA = "/.well-known/oauth-protected-resource";
    private static final String SCOPE = "market:read";
    private static final String BEARER = "bearer ";

    private final HttpSettings settings;
    private final McpEndpoint endpoint;
    private final McpJsonMapper mapper;
    private final Incidents incidents;
    private final RateLimit limit;
    private final Map<String, Page> probes;
    private final Map<String, Page> pages;
    private final LongSupplier nanoTime;
    private final Executor waiting;

    /**
     * In front of these.
     *
     * @param probes pages that need neither a name nor a token, and tell nothing but a word
     * @param pages other pages
     * @param waiting runs what may wait
     */
    Front(HttpSettings settings, McpEndpoint endpoint, McpJsonMapper mapper, Incidents incidents,
            Map<String, Page> probes, Map<String, Page> pages, LongSupplier nanoTime,
            Executor waiting) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.mapper = mapper;
        this.incidents = incidents;
        this.limit = new RateLimit(settings.requestsPerSecond(), settings.burst(), nanoTime);
        this.probes = probes;
        this.pages = pages;
        this.nanoTime = nanoTime;
        this.waiting = waiting;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, callback, mapper, nanoTime);
        boolean checksMayWait = settings.tokens() != null && settings.tokens().mayWait();
        if (checksMayWait) {
            later(exchange, () -> take(exchange));
        } else {
            begin(exchange, () -> take(exchange));
        }
        return true;
    }

    /** The first part of what is done for a request. */
    private interface Step {
        /** What is left to do; null for nothing. */
        @Nullable
        Work next() throws Refusal, IOException;
    }

    private void begin(Exchange exchange, Step first) {
        guarded(exchange, () -> {
            Work rest = first.next();
            if (rest != null) {
                waiting.execute(() -> guarded(exchange, rest));
            }
        });
    }

    private void later(Exchange exchange, Step first) {
        waiting.execute(() -> guarded(exchange, () -> {
            Work rest = first.next();
            if (rest != null) {
                rest.run();
            }
        }));
    }

    private void guarded(Exchange exchange, Work work) {
        try {
            try {
                work.run();
            } catch (Refusal refusal) {
                exchange.refuse(refusal);
            } catch (RuntimeException | LinkageError | StackOverflowError fault) {
                fail(exchange, fault);
            }
        } catch (IOException gone) {
            LOG.debug("the client is gone", gone);
            exchange.fail(gone);
        }
    }

    private void fail(Exchange exchange, Throwable fault) throws IOException {
        String reference = incidents.record("http", fault);
        if (!exchange.isEnded()) {
            exchange.answer(500, Rpc.error(null, Rpc.INTERNAL_ERROR, "INTERNAL ref=" + reference));
        }
    }

    private @Nullable Work take(Exchange exchange) throws Refusal, IOException {
        String path = exchange.path();
        Page probe = probes.get(path);
        if (probe != null) {
            return () -> read(probe, exchange);
        }
        checkPlaces(exchange);
        if (exchange.method().equals("OPTIONS") && exchange.header("Origin") != null) {
            preflight(exchange);
            return null;
        }
        if (!settings.metadata().isEmpty()
                && (path.equals(METADATA) || path.equals(METADATA + MCP))) {
            exchange.page(new Page.Content(200, "application/json",
                    mapper.writeValueAsString(metadata(exchange))));
            return null;
        }
        Page page = pages.get(path);
        if (page == null && !path.equals(MCP)) {
            throw new Refusal(404, "There is nothing here.");
        }
        int seconds = limit.take(client(exchange));
        if (seconds > 0) {
            throw new Refusal(429, "RATE_LIMITED retry_after_ms=" + 1000L * seconds,
                    Map.of("Retry-After", Integer.toString(seconds)));
        }
        return page == null ? endpoint.take(exchange) : () -> read(page, exchange);
    }

    private static void read(Page page, Exchange exchange) throws Refusal, IOException {
        if (!exchange.method().equals("GET") && !exchange.method().equals("HEAD")) {
            throw new Refusal(405, "Use GET.", Map.of("Allow", "GET, HEAD"));
        }
        exchange.page(page.content());
    }

    private void checkPlaces(Exchange exchange) throws Refusal {
        String host = exchange.header("Host");
        if (host == null || !settings.places().isHost(host)) {
            throw new Refusal(421, "This server is not known by that name.");
        }
        String origin = exchange.header("Origin");
        if (origin == null) {
            return;
        }
        if (!settings.places().isOrigin(origin)) {
            throw new Refusal(403, "Pages of that origin may not ask.");
        }
        exchange.setHeader("Access-Control-Allow-Origin", origin);
        exchange.setHeader("Access-Control-Expose-Headers", "Mcp-Session-Id, WWW-Authenticate");
        exchange.setHeader("Vary", "Origin");
    }

    private static void preflight(Exchange exchange) throws IOException {
        exchange.setHeader("Access-Control-Allow-Methods", "GET, POST, DELETE");
        exchange.setHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Accept,"
                + " MCP-Protocol-Version, Mcp-Session-Id, Mcp-Method, Mcp-Name");
        exchange.setHeader("Access-Control-Max-Age", "3600");
        exchange.end(204);
    }

    /** By what requests are counted. */
    private String client(Exchange exchange) throws Refusal {
        if (settings.tokens() == null) {
            return exchange.client();
        }
        String given = exchange.header("Authorization");
        if (given == null || !given.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            throw unauthorized(exchange, 401, "");
        }
        Principal principal = settings.tokens().check(given.substring(BEARER.length()).strip());
        if (principal == null) {
            // Guesses are counted by where they come from.
            int seconds = limit.take("guess-" + exchange.client());
            throw seconds > 0
                    ? new Refusal(429, "RATE_LIMITED retry_after_ms=" + 1000L * seconds,
                            Map.of("Retry-After", Integer.toString(seconds)))
                    : unauthorized(exchange, 401, "invalid_token");
        }
        if (!principal.mayRead()) {
            throw unauthorized(exchange, 403, "insufficient_scope");
        }
        exchange.setOwner(principal.name());
        return principal.name();
    }

    private Refusal unauthorized(Exchange exchange, int status, String error) {
        String challenge = "Bearer realm=\"waickoff\""
                + (error.isEmpty() ? "" : ", error=\"" + error + '"')
                + (settings.metadata().isEmpty() ? ""
                        : ", resource_metadata=\"" + address(exchange) + METADATA + MCP + '"')
                + ", scope=\"" + SCOPE + '"';
        return new Refusal(status, status == 401 ? "A bearer token is needed."
                : "The token does not allow to read the market.",
                Map.of("WWW-Authenticate", challenge));
    }

    private Map<String, Object> metadata(Exchange exchange) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("resource", address(exchange) + MCP);
        metadata.putAll(settings.metadata());
        return metadata;
    }

    /** The name is one of those that are allowed. */
    private String address(Exchange exchange) {
        @Nullable
        String host = exchange.header("Host");
        return settings.publicUrl().isEmpty()
                ? (exchange.isSecure() ? "https://" : "http://") + host : settings.publicUrl();
    }
}
