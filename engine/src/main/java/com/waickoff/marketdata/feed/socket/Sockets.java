package com.waickoff.marketdata.feed.socket;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * An interface to sockets that this machine has.
 *
 * @param handler what a loop waits with
 * @param channel what it waits for
 */
record Sockets(IoHandlerFactory handler, Class<? extends Channel> channel) {
    /**
     * The sockets that are wanted.
     *
     * @throws IOException if they are not there
     */
    static Sockets of(SocketKind kind) throws IOException {
        return switch (kind) {
            case IO_URING -> {
                require("io_uring", IoUring.unavailabilityCause());
                yield new Sockets(IoUringIoHandler.newFactory(), IoUringSocketChannel.class);
            }
            case EPOLL -> {
                require("epoll", Epoll.unavailabilityCause());
                yield new Sockets(EpollIoHandler.newFactory(), EpollSocketChannel.class);
            }
            case NIO -> new Sockets(NioIoHandler.newFactory(), NioSocketChannel.class);
            case AUTO -> of(Epoll.isAvailable() ? SocketKind.EPOLL : SocketKind.NIO);
        };
    }

    private static void require(String what, @Nullable Throwable missing) throws IOException {
        if (missing != null) {
            Throwable root = missing;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new IOException(what + " is not there: " + root.getMessage()
                    + "; feeds.transport: auto takes what there is", missing);
        }
    }
}
