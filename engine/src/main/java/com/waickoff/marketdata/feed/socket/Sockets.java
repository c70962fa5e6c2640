package com.waickoff.marketdata.feed.socket;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;

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
        if (kind == SocketKind.EPOLL && !Epoll.isAvailable()) {
            throw new IOException("epoll is not there: " + Epoll.unavailabilityCause(),
                    Epoll.unavailabilityCause());
        }
        return kind != SocketKind.NIO && Epoll.isAvailable()
                ? new Sockets(EpollIoHandler.newFactory(), EpollSocketChannel.class)
                : new Sockets(NioIoHandler.newFactory(), NioSocketChannel.class);
    }
}
