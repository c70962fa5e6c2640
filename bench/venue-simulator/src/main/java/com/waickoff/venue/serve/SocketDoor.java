package com.waickoff.venue.serve;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/** What a client says on its WebSocket. */
final class SocketDoor extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int UNSUPPORTED_DATA = 1_003;

    private final Exchange exchange;
    private final VenueConnection connection;

    SocketDoor(Exchange exchange, VenueConnection connection) {
        this.exchange = exchange;
        this.connection = connection;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        long now = exchange.nowNs();
        connection.heard(now);
        byte[] payload = ByteBufUtil.getBytes(frame.content());
        if (frame instanceof CloseWebSocketFrame) {
            connection.onClose(payload);
            return;
        }
        // A pong counts as a message, unless it answers what the real venue would not have sent.
        if (frame instanceof PongWebSocketFrame && !connection.onPong(payload)) {
            return;
        }
        if (connection.isEnded() || connection.isFrozen()) {
            return;
        }
        if (connection.isMessageTooMany(now)) {
            exchange.expel(connection, "Too many requests");
        } else if (frame instanceof PingWebSocketFrame) {
            connection.pong(payload);
        } else if (frame instanceof TextWebSocketFrame text) {
            exchange.dialect().onText(connection, text.text());
        } else if (!(frame instanceof PongWebSocketFrame)) {
            connection.close(UNSUPPORTED_DATA, "");
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        exchange.player().wake();
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        exchange.end(connection);
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // Reset by its client, or no WebSocket any more: its end is told by channelInactive.
        var _ = context.close();
    }
}
