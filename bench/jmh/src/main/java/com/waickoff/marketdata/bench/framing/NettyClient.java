package com.waickoff.marketdata.bench.framing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;

/** Netty's own WebSocket pipeline on epoll, with or without its check of UTF-8. */
final class NettyClient implements FrameClient {
    private static final int MOST_HTTP_BYTES = 8192;

    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
            EpollIoHandler.newFactory());
    private final boolean isCheckingUtf8;
    private volatile Thread thread = Thread.currentThread();
    private volatile long frames;
    private long own;

    NettyClient(boolean isCheckingUtf8) {
        this.isCheckingUtf8 = isCheckingUtf8;
    }

    @Override
    public void connect(int port) {
        WebSocketClientProtocolConfig config = WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri("ws://127.0.0.1:" + port + "/").withUTF8Validator(isCheckingUtf8)
                .build();
        Channel _ = new Bootstrap().group(group).channel(EpollSocketChannel.class)
                .option(ChannelOption.ALLOCATOR, new PooledByteBufAllocator(true))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new HttpClientCodec(),
                                new HttpObjectAggregator(MOST_HTTP_BYTES),
                                new WebSocketClientProtocolHandler(config), new Counting());
                    }
                }).connect(InetAddress.getLoopbackAddress(), port).syncUninterruptibly().channel();
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public Thread thread() {
        return thread;
    }

    @Override
    public void close() {
        var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private final class Counting extends SimpleChannelInboundHandler<WebSocketFrame> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
            if (frame instanceof TextWebSocketFrame) {
                own++;
                if ((own & 0xff) == 0) {
                    thread = Thread.currentThread();
                    frames = own;
                }
            }
        }
    }
}
