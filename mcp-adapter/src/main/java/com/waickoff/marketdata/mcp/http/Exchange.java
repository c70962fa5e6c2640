package com.waickoff.marketdata.mcp.http;

import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.stateless.Outlet;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * One request over HTTP and the answer to it: one JSON object, or, as soon as anything has to be said
 * ahead of it, a stream of events.
 *
 * <p>Threads: any, one at a time. What ends the answer is handed to the web server, which completes
 * the request when it is sent; what is said ahead of it waits until the client has taken it.
 */
final class Exchange implements Outlet {
    private static final long MAX_READING_NS = 10_000_000_000L;
    private static final int PART_BYTES = 1 << 13;
    private static final byte[] EVENT = "event: message\ndata: ".getBytes(StandardCharsets.UTF_8);
    private static final byte[] END = "\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.UTF_8);

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final McpJsonMapper mapper;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private String owner = "";
    private boolean streaming;
    private boolean ended;

    /**
     * An exchange that has just begun.
     *
     * @param callback told once the answer is sent, or cannot be
     */
    Exchange(Request request, Response response, Callback callback, McpJsonMapper mapper,
            LongSupplier nanoTime) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.mapper = mapper;
        this.nanoTime = nanoTime;
    }

    String method() {
        return request.getMethod();
    }

    String path() {
        String path = request.getHttpURI().getCanonicalPath();
        return path == null ? "" : path;
    }

    boolean isSecure() {
        return request.isSecure();
    }

    String client() {
        return Request.getRemoteAddr(request);
    }

    /** By whose token it was let in; empty where none are asked for. */
    String owner() {
        return owner;
    }

    void setOwner(String name) {
        owner = name;
    }

    @Nullable
    String header(String name) {
        return request.getHeaders().get(name);
    }

    /** All of the values, as they were sent. */
    List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    void setHeader(String name, String value) {
        response.getHeaders().put(name, value);
    }

    /**
     * The whole body if it is there already; else null, and {@link #body} waits for the rest.
     *
     * @throws Refusal if it is longer than allowed
     */
    byte @Nullable [] bodyAtHand(int maxBytes) throws Refusal, IOException {
        if (request.getLength() > maxBytes) {
            throw tooLong(maxBytes);
        }
        for (Content.Chunk chunk = request.read(); chunk != null; chunk = request.read()) {
            if (Content.Chunk.isFailure(chunk)) {
                throw new IOException("the body cannot be read", chunk.getFailure());
            }
            boolean last = chunk.isLast();
            byte[] part = new byte[chunk.remaining()];
            chunk.get(part, 0, part.length);
            chunk.release();
            body.write(part);
            if (body.size() > maxBytes) {
                throw tooLong(maxBytes);
            }
            if (last) {
                return body.toByteArray();
            }
        }
        return null;
    }

    /**
     * The whole body, for which it waits.
     *
     * @throws Refusal if it is longer than allowed, or takes too long
     */
    byte[] body(int maxBytes) throws Refusal, IOException {
        long startNs = nanoTime.getAsLong();
        byte[] part = new byte[PART_BYTES];
        InputStream in = Request.asInputStream(request);
        for (int length = in.read(part); length >= 0; length = in.read(part)) {
            body.write(part, 0, length);
            if (body.size() > maxBytes) {
                throw tooLong(maxBytes);
            }
            if (nanoTime.getAsLong() - startNs > MAX_READING_NS) {
                throw new Refusal(408, "The body took too long.", Map.of("Connection", "close"));
            }
        }
        return body.toByteArray();
    }

    private static Refusal tooLong(int maxBytes) {
        // The rest of the body is not read: the connection cannot be used any more.
        return new Refusal(413, "A message has at most " + maxBytes + " bytes.",
                Map.of("Connection", "close"));
    }

    /** Begins a stream of events. */
    void stream() throws IOException {
        lock.lock();
        try {
            begin();
            write(COMMENT);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(Map<String, Object> notification) throws IOException {
        event(notification);
    }

    /** Sends a message ahead of the answer. */
    void event(Object message) throws IOException {
        byte[] json = mapper.writeValueAsBytes(message);
        lock.lock();
        try {
            begin();
            write(EVENT, json, END);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void signOfLife() throws IOException {
        lock.lock();
        try {
            begin();
            write(COMMENT);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void cut() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
    }

    /** Sends the answer; the status counts only where nothing was sent ahead of it. */
    void answer(int status, Object message) throws IOException {
        byte[] json = mapper.writeValueAsBytes(message);
        lock.lock();
        try {
            if (streaming) {
                last(EVENT, json, END);
            } else {
                head(status, "application/json", json.length);
                last(json);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Sends a refusal, as an error without an id. */
    void refuse(Refusal refusal) throws IOException {
        refusal.headers().forEach(this::setHeader);
        answer(refusal.status(), Rpc.error(null, refusal.status(), refusal.text()));
    }

    /** Sends a page. */
    void page(Page.Content content) throws IOException {
        byte[] text = content.text().getBytes(StandardCharsets.UTF_8);
        head(content.status(), content.type(), text.length);
        if (method().equals("HEAD")) {
            last();
        } else {
            last(text);
        }
    }

    /** Sends nothing but a status, or ends a stream. */
    void end(int status) throws IOException {
        lock.lock();
        try {
            if (!streaming) {
                response.setStatus(status);
            }
            last();
        } finally {
            lock.unlock();
        }
    }

    /** Gives the request up: the client is gone. */
    void fail(IOException gone) {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
        } finally {
            lock.unlock();
        }
        callback.failed(gone);
    }

    boolean isEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private void begin() {
        if (!streaming) {
            streaming = true;
            head(200, "text/event-stream", -1);
            setHeader("X-Accel-Buffering", "no");
        }
    }

    private void head(int status, String type, int length) {
        response.setStatus(status);
        setHeader("Content-Type", type);
        setHeader("Cache-Control", "no-store");
        setHeader("X-Content-Type-Options", "nosniff");
        if (length >= 0) {
            response.getHeaders().put(new HttpField(HttpHeader.CONTENT_LENGTH,
                    Integer.toString(length)));
        }
    }

    private void write(byte[]... parts) throws IOException {
        Content.Sink.write(response, false, joined(parts));
    }

    /** Does not wait: a client that does not read must not hold up whoever answers it. */
    private void last(byte[]... parts) {
        ended = true;
        response.write(true, joined(parts), callback);
    }

    private static ByteBuffer joined(byte[]... parts) {
        if (parts.length == 1) {
            return ByteBuffer.wrap(parts[0]);
        }
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            buffer.put(part);
        }
        return buffer.flip();
    }
}
