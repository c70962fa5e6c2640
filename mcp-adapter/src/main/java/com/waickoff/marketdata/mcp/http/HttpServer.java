package com.waickoff.marketdata.mcp.http;

import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.serve.Service;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A web server with the protocol at {@code /mcp} and pages beside it.
 *
 * <p>Threads: a few that wait for connections and answer what can be answered at once. Whatever may
 * wait, for a body, for a client to read, for a store, for something to happen, goes to a virtual
 * thread of its own: the way there would cost a short answer more than the answer itself.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int MAX_HEADER_BYTES = 16 * 1024;
    private static final int MIN_THREADS = 4;
    private static final int MAX_THREADS = 8;
    /** Connections that have not ended by then are cut. */
    private static final long STOP_MS = 2_000;

    private final Server server;
    private final ServerConnector connector;
    private final Sessions sessions;

    /**
     * A server that does not listen yet.
     *
     * @param probes pages by path that need neither a name nor a token, and tell nothing but a word
     * @param pages other pages by path
     * @param nanoTime a clock that only runs forward, in ns
     */
    public HttpServer(HttpSettings settings, Service service, Map<String, Page> probes,
            Map<String, Page> pages, LongSupplier nanoTime) {
        sessions = new Sessions(service, settings.maxSessions(),
                TimeUnit.MILLISECONDS.toNanos(settings.sessionIdleMs()), nanoTime);
        service.serve(sessions);
        McpEndpoint endpoint = new McpEndpoint(service, sessions, settings.maxBodyBytes(),
                TimeUnit.MILLISECONDS.toNanos(settings.signOfLifeMs()));
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("http");
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1,
                new HttpConnectionFactory(configuration()));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idleTimeoutMs());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(settings.maxConnections(), connector));
        server.setErrorHandler(HttpServer::refuseUnread);
        server.setHandler(new Front(settings, endpoint, service.mapper(), service.incidents(),
                Map.copyOf(probes), Map.copyOf(pages), nanoTime,
                Executors.newVirtualThreadPerTaskExecutor()));
    }

    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setSendServerVersion(false);
        configuration.setSendDateHeader(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        return configuration;
    }

    /** What the web server itself cannot read as a request. */
    private static boolean refuseUnread(Request request, Response response, Callback callback) {
        int status = Math.max(400, response.getStatus());
        String json = "{\"jsonrpc\":\"2.0\",\"id\":null,\"error\":{\"code\":"
                + (status < 500 ? status : Rpc.INTERNAL_ERROR)
                + ",\"message\":\"The request could not be read.\"}}";
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Content.Sink.write(response, true, json, callback);
        return true;
    }

    /**
     * Listens.
     *
     * @return the port
     * @throws IOException if it cannot
     */
    public int start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("the web server cannot start", e);
        }
        return connector.getLocalPort();
    }

    /** Sessions of the older era, at the moment. */
    public int sessions() {
        return sessions.size();
    }

    /** Waits until it is closed. */
    public void join() throws InterruptedException {
        server.join();
    }

    /** No longer listens; streams end. */
    @Override
    public void close() throws IOException {
        try {
            server.setStopTimeout(STOP_MS);
            server.stop();
        } catch (IOException e) {
            throw e;
        } catch (TimeoutException e) {
            LOG.debug("connections were cut that did not end by themselves", e);
        } catch (Exception e) {
            throw new IOException("the web server does not stop", e);
        } finally {
            sessions.closeGracefully().block();
        }
    }
}
