package com.waickoff.venue.serve;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;

/** Where clients come in: handshakes become connections, all else is REST. */
final class HttpDoor extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final int LONGEST_MESSAGE = 64 << 10;
    private static final int SERVER_ERROR = 500;
    private static final Refusal NOT_FOUND = new Refusal(HttpResponseStatus.NOT_FOUND.code(), 0);

    private final Exchange exchange;
    /** Requests that came while one waits for its answer; answers keep the order of requests. */
    private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>();
    private boolean answering;

    HttpDoor(Exchange exchange) {
        this.exchange = exchange;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (answering) {
            waiting.add(request.retain());
            var _ = context.channel().config().setAutoRead(false);
        } else {
            handle(context, request);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        waiting.forEach(FullHttpRequest::release);
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client that breaks off or talks no HTTP is no matter to anybody else.
        var _ = context.close();
    }

    private void handle(ChannelHandlerContext context, FullHttpRequest request) {
        HttpHeaders headers = request.headers();
        QueryStringDecoder url = new QueryStringDecoder(request.uri());
        if (headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)) {
            shakeHands(context, request, url);
            return;
        }
        answering = true;
        RestCall call = new RestCall(context.channel(), url.path(), url.parameters(),
                headers.copy(), HttpUtil.isKeepAlive(request), () -> onAnswered(context));
        if (!request.method().equals(HttpMethod.GET)) {
            call.answer(HttpResponseStatus.METHOD_NOT_ALLOWED.code(), "{}");
            return;
        }
        Refusal refusal = exchange.refuseRequest();
        if (refusal != null) {
            if (refusal.retryAfterSeconds() > 0) {
                call.header("Retry-After", Integer.toString(refusal.retryAfterSeconds()));
            }
            call.answer(refusal.status(), "{}");
            return;
        }
        long delayMs = exchange.restFaults().delayMs();
        if (delayMs == 0) {
            answer(call);
        } else {
            exchange.later(delayMs, () -> answer(call));
        }
    }

    private void answer(RestCall call) {
        try {
            exchange.dialect().onRequest(call);
        } catch (IllegalArgumentException e) {
            // Something kept is not what it should be: a broken recording.
            call.answer(SERVER_ERROR, "{\"code\":-1000,\"msg\":\"An unknown error occurred.\"}");
        }
    }

    private void onAnswered(ChannelHandlerContext context) {
        answering = false;
        FullHttpRequest next = waiting.poll();
        if (next == null) {
            var _ = context.channel().config().setAutoRead(true);
            return;
        }
        try {
            handle(context, next);
        } finally {
            next.release();
        }
    }

    private void shakeHands(ChannelHandlerContext context, FullHttpRequest request,
            QueryStringDecoder url) {
        Map<String, List<String>> query = url.parameters();
        Door door = exchange.dialect().door(url.path(), query);
        Refusal refusal = exchange.admit();
        if (refusal != null || door == null) {
            refuse(context, refusal != null ? refusal : NOT_FOUND);
            return;
        }
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(request.uri(),
                null, false, LONGEST_MESSAGE).newHandshaker(request);
        if (handshaker == null) {
            var _ = WebSocketServerHandshakerFactory
                    .sendUnsupportedVersionResponse(context.channel());
            return;
        }
        var _ = handshaker.handshake(context.channel(), request)
                .addListener((ChannelFutureListener) done -> {
                    if (done.isSuccess()) {
                        open(context, door);
                    } else {
                        var _ = context.close();
                    }
                });
    }

    private void open(ChannelHandlerContext context, Door door) {
        VenueConnection connection = exchange.open(context.channel(), door);
        ChannelPipeline pipeline = context.pipeline();
        // Outgoing frames are written as bytes.
        if (pipeline.get("wsencoder") != null) {
            pipeline.remove("wsencoder");
        }
        pipeline.addLast(new WebSocketFrameAggregator(LONGEST_MESSAGE));
        pipeline.addLast(new SocketDoor(exchange, connection));
        pipeline.remove(this);
        exchange.dialect().onOpen(connection, door);
    }

    private static void refuse(ChannelHandlerContext context, Refusal refusal) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(refusal.status()));
        HttpUtil.setContentLength(response, 0);
        HttpUtil.setKeepAlive(response, false);
        if (refusal.retryAfterSeconds() > 0) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, refusal.retryAfterSeconds());
        }
        var _ = context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
}
