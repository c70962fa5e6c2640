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
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Makes connections: name, TCP, and TLS in front of what the caller puts into the pipeline. */
final class Dialer {
    private final EventLoop loop;
    private final Class<? extends Channel> channelType;
    private final ByteBufAllocator allocator;
    private final Names names;
    private final Tls tls;

    Dialer(EventLoop loop, Class<? extends Channel> channelType, ByteBufAllocator allocator,
            Names names, Tls tls) {
        this.loop = loop;
        this.channelType = channelType;
        this.allocator = allocator;
        this.names = names;
        this.tls = tls;
    }

    /**
     * Connects. TLS is still to come when {@code connected} is called: what is written waits for
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
        names.find(endpoint, attempt, loop, address -> connect(endpoint, address, connectTimeoutMs,
                tlsTimeoutMs, receive, pipeline, connected, failed), failed);
    }

    private void connect(Endpoint endpoint, InetSocketAddress address, int connectTimeoutMs,
            int tlsTimeoutMs, RecvByteBufAllocator receive, Consumer<ChannelPipeline> pipeline,
            Consumer<Channel> connected, Consumer<Throwable> failed) {
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
                        if (endpoint.isTls()) {
                            channel.pipeline().addLast(tls.handler(allocator, endpoint.host(),
                                    endpoint.port(), tlsTimeoutMs));
                        }
                        pipeline.accept(channel.pipeline());
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
