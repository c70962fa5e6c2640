package com.waickoff.venue.serve;

import com.waickoff.venue.wire.WireText;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One REST request and its one answer. Belongs to the event loop. */
final class RestCall {
    private final Channel channel;
    private final String path;
    private final Map<String, List<String>> query;
    private final HttpHeaders requestHeaders;
    private final boolean keepAlive;
    private final Runnable onAnswered;
    private final Map<String, String> headers = new TreeMap<>();

    RestCall(Channel channel, String path, Map<String, List<String>> query,
            HttpHeaders requestHeaders, boolean keepAlive, Runnable onAnswered) {
        this.channel = channel;
        this.path = path;
        this.query = query;
        this.requestHeaders = requestHeaders;
        this.keepAlive = keepAlive;
        this.onAnswered = onAnswered;
    }

    String path() {
        return path;
    }

    /** A parameter's value, or what is given instead. */
    String parameter(String name, String otherwise) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? otherwise : values.getFirst();
    }

    boolean hasParameter(String name) {
        return query.containsKey(name);
    }

    /** A number, or what is given instead where there is none or another text. */
    long number(String name, long otherwise) {
        String text = parameter(name, "");
        return text.matches("-?\\d{1,18}") ? Long.parseLong(text) : otherwise;
    }

    boolean hasHeader(String name) {
        return requestHeaders.contains(name);
    }

    RestCall header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    void answer(int status, String body) {
        answer(status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
    }

    void answer(int status, WireText body) {
        answer(status, Unpooled.wrappedBuffer(body.bytes(), 0, body.length()));
    }

    void answer(int status, byte[] body) {
        answer(status, Unpooled.wrappedBuffer(body));
    }

    private void answer(int status, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(status), body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json;charset=UTF-8");
        headers.forEach((name, value) -> response.headers().set(name, value));
        HttpUtil.setContentLength(response, body.readableBytes());
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = channel.writeAndFlush(response);
        if (!keepAlive) {
            var _ = written.addListener(ChannelFutureListener.CLOSE);
        }
        onAnswered.run();
    }
}
