package com.waickoff.marketdata.feed.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The end of a WebSocket (RFC 6455 §7.1): a close frame is sent, then the server ends the TCP
 * connection. A socket that is closed while bytes it received were not read is reset instead, and the
 * close frame may never be seen; so what still comes is read, and forgotten by who reads.
 */
final class Farewell {
    private Farewell() {}

    /**
     * Says the last word; to be called on the channel's thread.
     *
     * @param closeFrame the last word
     * @param patienceMs how long the server may take to end the connection before we do
     */
    static void say(Channel channel, ByteBuf closeFrame, long patienceMs) {
        Future<?> patience = channel.eventLoop().schedule(() -> {
            var _ = channel.close();
        }, patienceMs, TimeUnit.MILLISECONDS);
        var _ = channel.closeFuture().addListener(_ -> patience.cancel(false));
        var _ = channel.writeAndFlush(closeFrame)
                .addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }
}
