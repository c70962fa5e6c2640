package com.waickoff.marketdata.feed.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections: name, TCP, maybe a proxy, and TLS in front of what the caller puts into the
 * pipeline. Where there is a proxy, names of venues are looked up by it and nobody else.
 */
final class Dialer {
    private final EventLoop loop;
    private final Class<? extends Channel> channelType;
    private final ByteBufAllocator allocator;
    private final Names names;
    private final Tls tls;
    private final @Nullable ProxySettings proxy;

    /** A dialer that goes straight to venues. */
    Dialer(EventLoop loop, Class<? extends Channel> channelType, ByteBufAllocator allocator,
            Names names, Tls tls) {
        this(loop, channelType, allocator, names, tls, null);
    }

    private Dialer(EventLoop loop, Class<? extends Channel> channelType,
            ByteBufAllocator allocator, Names names, Tls tls, @Nullable ProxySettings proxy) {
        this.loop = loop;
        this.channelType = channelType;
        this.allocator = allocator;
        this.names = names;
        this.tls = tls;
        this.proxy = proxy;
    }

    /** One that goes through a proxy, or straight to venues if there is none. */
    Dialer through(@Nullable ProxySettings other) {
        return new Dialer(loop, channelType, allocator, names, tls, other);
    }

    /**
     * Connects. A proxy's part and TLS are still to come when {@code connected} is called: what is written waits for
     * it, what fails is seen by the pipeline.
     *
     * @param attempt which of several addresses is tried
     * @param receive where bytes are received
     * @param pipeline puts the caller's handlers in place
     * @param connected called on the loop
     * @param failed called on the loop instead
     */
    void dial(Endpoint endpoint, int attempt, int connectTimeoutMs, int tlsTimeoutMs,
            RecvByteBufAllocator receive, Consumer<ChannelPipeline> pipeline,
            Consumer<Channel> connected, Consumer<Throwable> failed) {
        ProxySettings through = proxy;
        if (through == null) {
            names.find(endpoint.host(), endpoint.port(), attempt, loop,
                    address -> connect(address, receive, channel -> {
                        addTls(channel, endpoint, tlsTimeoutMs);
                        pipeline.accept(channel.pipeline());
                    }, connectTimeoutMs, connected, failed), failed);
            return;
        }
        Consumer<Throwable> unreached = cause -> failed.accept(Tunnel.unreached(through, cause));
        InetAddress literal = Names.literal(endpoint.host());
        InetSocketAddress venue = literal == null
                ? InetSocketAddress.createUnresolved(endpoint.host(), endpoint.port())
                : new InetSocketAddress(literal, endpoint.port());
        names.find(through.host(), through.port(), attempt, loop,
                address -> connect(venue, receive, channel -> {
                    Tunnel.open(channel.pipeline(), through, address, endpoint.peer(),
                            connectTimeoutMs);
                    addTls(channel, endpoint, tlsTimeoutMs);
                    pipeline.accept(channel.pipeline());
                }, connectTimeoutMs, connected, unreached), unreached);
    }

    private void addTls(Channel channel, Endpoint endpoint, int timeoutMs) {
        if (endpoint.isTls()) {
            channel.pipeline().addLast(
                    tls.handler(allocator, endpoint.host(), endpoint.port(), timeoutMs));
        }
    }

    private void connect(InetSocketAddress address, RecvByteBufAllocator receive,
            Consumer<Channel> furnish, int connectTimeoutMs, Consumer<Channel> connected,
            Consumer<Throwable> failed) {
        ChannelFuture connecting = new Bootstrap().group(loop).channel(channelType)
                .disableResolver()
                .option(ChannelOption.ALLOCATOR, allocator)
                .option(ChannelOption.RECVBUF_ALLOCATOR, receive)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectTimeoutMs)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_KEEPALIVE, true)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        furnish.accept(channel);
                    }
                }).connect(address);
        connecting.addListener(done -> {
            if (done.isSuccess()) {
                connected.accept(connecting.channel());
            } else {
                failed.accept(done.cause());
            }
        });
    }
}
