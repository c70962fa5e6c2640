package com.waickoff.venue.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client of the JDK's own, that knows nothing of the venue's code. */
final class TestClient implements WebSocket.Listener, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient http;
    private final WebSocket socket;
    private final List<String> texts = new ArrayList<>();
    private final StringBuilder part = new StringBuilder();
    private int pings;
    private int closeCode = -1;
    private Throwable error;

    TestClient(URI uri) {
        this(HttpClient.newHttpClient(), uri);
    }

    TestClient(HttpClient http, URI uri) {
        this.http = http;
        this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
    }

    /** An HTTP client that trusts one root and nobody else. */
    static HttpClient trusting(X509Certificate root) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("root", root);
        TrustManagerFactory trust = TrustManagerFactory
                .getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    static HttpResponse<String> get(URI uri, String... headers)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
            if (headers.length > 0) {
                request.headers(headers);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    static String body(URI uri, String... headers) throws IOException, InterruptedException {
        return get(uri, headers).body();
    }

    TestClient send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** All texts so far. */
    List<String> texts() {
        synchronized (texts) {
            return new ArrayList<>(texts);
        }
    }

    int pings() {
        synchronized (texts) {
            return pings;
        }
    }

    int closeCode() {
        synchronized (texts) {
            return closeCode;
        }
    }

    Throwable error() {
        synchronized (texts) {
            return error;
        }
    }

    /** Waits for a text, and gives the first that fits. */
    String await(Predicate<String> wanted) {
        await(() -> texts().stream().anyMatch(wanted));
        return texts().stream().filter(wanted).findFirst().orElseThrow();
    }

    List<String> awaitTexts(int count) {
        await(() -> texts().size() >= count);
        return texts();
    }

    /** Waits until the connection has ended in whatever way. */
    TestClient awaitEnd() {
        await(() -> closeCode() >= 0 || error() != null);
        return this;
    }

    static void await(BooleanSupplier done) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing came for " + PATIENCE);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            String text = part.toString();
            part.setLength(0);
            synchronized (texts) {
                texts.add(text);
            }
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket webSocket, ByteBuffer message) {
        synchronized (texts) {
            pings++;
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        synchronized (texts) {
            closeCode = statusCode;
        }
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable cause) {
        synchronized (texts) {
            error = cause;
        }
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
