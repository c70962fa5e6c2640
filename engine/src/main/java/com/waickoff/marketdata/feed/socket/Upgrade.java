package com.waickoff.marketdata.feed.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP connection into a WebSocket (RFC 6455 §4.1), then leaves the pipeline together with
 * the HTTP codec. No extension is offered, so no compression can be agreed on.
 */
final class Upgrade extends ChannelInboundHandlerAdapter {
    private static final String WEBSOCKET = "websocket";
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private final Endpoint endpoint;
    private final String path;
    private final String key;
    private final HttpClientCodec codec;
    private final FrameSocket frames;
    private final Outcome outcome;
    private boolean isAccepted;

    /** Hears how it ended. */
    interface Outcome extends FrameSocket.Owner {
        /** The connection is a WebSocket; its first frames may follow before this returns. */
        void upgraded();

        /** The venue does not want to. */
        void refused(HttpResponse response);

        /** What came is no answer to a WebSocket's handshake. */
        void misunderstood(String what);
    }

    Upgrade(Endpoint endpoint, String path, RandomGenerator random, HttpClientCodec codec,
            FrameSocket frames, Outcome outcome) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        this.endpoint = endpoint;
        this.path = path;
        this.key = Base64.getEncoder().encodeToString(bytes);
        this.codec = codec;
        this.frames = frames;
        this.outcome = outcome;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET,
                endpoint.path(path));
        request.headers().set(HttpHeaderNames.HOST, endpoint.authority())
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
                .set(HttpHeaderNames.SEC_WEBSOCKET_KEY, key)
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13")
                .set(HttpHeaderNames.USER_AGENT, RestClient.USER_AGENT);
        var _ = context.writeAndFlush(request, context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (message instanceof HttpResponse response && !isAccepted) {
                check(response);
            }
            if (message instanceof LastHttpContent && isAccepted) {
                finish(context);
            } else if (!(message instanceof HttpResponse) && isAccepted) {
                context.fireChannelRead(ReferenceCountUtil.retain(message)); // frames already
            }
        } catch (Throwable cause) {
            outcome.failed(cause);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    private void check(HttpResponse response) {
        if (response.decoderResult().isFailure()) {
            outcome.misunderstood("no HTTP");
        } else if (!response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            outcome.refused(response);
        } else if (!response.headers().containsValue(HttpHeaderNames.UPGRADE, WEBSOCKET, true)
                || !response.headers().containsValue(HttpHeaderNames.CONNECTION,
                        HttpHeaderValues.UPGRADE, true)) {
            outcome.misunderstood("an upgrade to something else than a WebSocket");
        } else if (!accept(key)
                .equals(header(response, HttpHeaderNames.SEC_WEBSOCKET_ACCEPT.toString()))) {
            outcome.misunderstood("the answer to another handshake");
        } else if (response.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS)
                || response.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL)) {
            outcome.misunderstood("an extension or protocol that was not offered");
        } else {
            isAccepted = true;
        }
    }

    private void finish(ChannelHandlerContext context) {
        context.pipeline().addAfter(context.name(), "frames", frames);
        codec.removeOutboundHandler(); // what is asked for at once are frames, no requests
        outcome.upgraded();
        context.pipeline().remove(codec); // frames it has read already come through this handler
        context.pipeline().remove(this);
    }

    private static @Nullable String header(HttpResponse response, String name) {
        String value = response.headers().get(name);
        return value == null ? null : value.strip();
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        context.fireChannelReadComplete();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        try {
            outcome.closed();
        } catch (Throwable cause) {
            outcome.failed(cause);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        try {
            outcome.broken(cause);
        } catch (Throwable fatal) {
            outcome.failed(fatal);
        }
    }
}
