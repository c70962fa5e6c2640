package com.waickoff.marketdata.feed.socket;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.socksx.v5.DefaultSocks5CommandResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5InitialResponse;
import io.netty.handler.codec.socksx.v5.DefaultSocks5PasswordAuthResponse;
import io.netty.handler.codec.socksx.v5.Socks5AuthMethod;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequest;
import io.netty.handler.codec.socksx.v5.Socks5CommandRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5CommandStatus;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequest;
import io.netty.handler.codec.socksx.v5.Socks5InitialRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequest;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthRequestDecoder;
import io.netty.handler.codec.socksx.v5.Socks5PasswordAuthStatus;
import io.netty.handler.codec.socksx.v5.Socks5ServerEncoder;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * A proxy on loopback, of HTTP or SOCKS5, with or without a login. It knows every name: all of them
 * are this machine.
 */
final class TestProxy implements AutoCloseable {
    /** What it does with those who want to go somewhere. */
    enum Manner {
        HELPFUL, FORBIDDING,
        /** Refuses, but never comes to the end of saying so. */
        ENDLESS, UNABLE, MUTE, RUDE
    }

    /** Where clients wanted to go, {@code host:port}. */
    final List<String> targets = new CopyOnWriteArrayList<>();
    volatile Manner manner = Manner.HELPFUL;
    private final MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1,
            NioIoHandler.newFactory());
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final ProxySettings.Kind kind;
    private final String login;
    private final Channel listening;

    /** @param login {@code user:password}, or null to let everybody in */
    TestProxy(ProxySettings.Kind kind, String login) {
        this.kind = kind;
        this.login = login;
        listening = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        open.add(channel);
                        begin(channel);
                    }
                }).bind(InetAddress.getLoopbackAddress(), 0).syncUninterruptibly().channel();
    }

    private void begin(Channel channel) {
        if (kind == ProxySettings.Kind.HTTP) {
            channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 16),
                    new HttpDoor());
        } else {
            channel.pipeline().addLast(Socks5ServerEncoder.DEFAULT,
                    new Socks5InitialRequestDecoder(), new SocksDoor());
        }
    }

    int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** How to get there. */
    ProxySettings settings(String user, String password) {
        return new ProxySettings(kind, "127.0.0.1", port(), user, password);
    }

    /** Ends every connection, as a proxy that is started anew does. */
    void cutAll() {
        open.close().awaitUninterruptibly();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /** Connects the two ends; {@code answer} tells the client, before anything else reaches it. */
    private void relay(ChannelHandlerContext client, String host, int port, Runnable answer,
            Runnable apology) {
        targets.add(host + ':' + port);
        new Bootstrap().group(client.channel().eventLoop()).channel(NioSocketChannel.class)
                .handler(new Pipe(client.channel()))
                .connect(InetAddress.getLoopbackAddress(), port)
                .addListener((ChannelFutureListener) made -> {
                    if (made.isSuccess()) {
                        open.add(made.channel());
                        answer.run();
                        while (client.channel().pipeline().last() != null) {
                            client.channel().pipeline().removeLast();
                        }
                        client.channel().pipeline().addLast(new Pipe(made.channel()));
                    } else {
                        apology.run();
                    }
                });
    }

    /** Whether this manner leaves nothing more to do. */
    private boolean isDone(ChannelHandlerContext context) {
        if (manner == Manner.RUDE) {
            context.close();
        }
        return manner == Manner.MUTE || manner == Manner.RUDE;
    }

    private final class HttpDoor extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            if (isDone(context)) {
                return;
            }
            String given = request.headers().get(HttpHeaderNames.PROXY_AUTHORIZATION);
            String wanted = login == null ? null : "Basic " + Base64.getEncoder()
                    .encodeToString(login.getBytes(StandardCharsets.UTF_8));
            if (wanted != null && !wanted.equals(given)) {
                answer(context, HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED);
            } else if (manner == Manner.FORBIDDING) {
                answer(context, HttpResponseStatus.FORBIDDEN);
            } else if (manner == Manner.ENDLESS) {
                context.writeAndFlush(new DefaultHttpResponse(HttpVersion.HTTP_1_1,
                        HttpResponseStatus.FORBIDDEN));
            } else {
                String target = request.uri();
                int colon = target.lastIndexOf(':');
                relay(context, target.substring(0, colon),
                        manner == Manner.UNABLE ? 1
                                : Integer.parseInt(target.substring(colon + 1)),
                        () -> answer(context, HttpResponseStatus.OK),
                        () -> answer(context, HttpResponseStatus.BAD_GATEWAY));
            }
        }

        private void answer(ChannelHandlerContext context, HttpResponseStatus status) {
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
            if (status != HttpResponseStatus.OK) {
                response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
            }
            context.writeAndFlush(response);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    private final class SocksDoor extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ReferenceCountUtil.release(message);
            if (message instanceof Socks5InitialRequest request) {
                if (isDone(context)) {
                    return;
                }
                Socks5AuthMethod method = login == null ? Socks5AuthMethod.NO_AUTH
                        : Socks5AuthMethod.PASSWORD;
                context.writeAndFlush(new DefaultSocks5InitialResponse(
                        request.authMethods().contains(method) ? method
                                : Socks5AuthMethod.UNACCEPTED));
                decodeNext(context, login == null ? new Socks5CommandRequestDecoder()
                        : new Socks5PasswordAuthRequestDecoder());
            } else if (message instanceof Socks5PasswordAuthRequest request) {
                boolean isRight = (request.username() + ':' + request.password()).equals(login);
                context.writeAndFlush(new DefaultSocks5PasswordAuthResponse(isRight
                        ? Socks5PasswordAuthStatus.SUCCESS : Socks5PasswordAuthStatus.FAILURE));
                decodeNext(context, new Socks5CommandRequestDecoder());
            } else if (message instanceof Socks5CommandRequest request) {
                if (manner == Manner.FORBIDDING) {
                    answer(context, request, Socks5CommandStatus.FORBIDDEN);
                } else {
                    relay(context, request.dstAddr(),
                            manner == Manner.UNABLE ? 1 : request.dstPort(),
                            () -> answer(context, request, Socks5CommandStatus.SUCCESS),
                            () -> answer(context, request,
                                    Socks5CommandStatus.HOST_UNREACHABLE));
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }

        private static void decodeNext(ChannelHandlerContext context,
                ChannelHandler decoder) {
            context.pipeline().addBefore(context.name(), null, decoder);
        }

        private static void answer(ChannelHandlerContext context, Socks5CommandRequest request,
                Socks5CommandStatus status) {
            context.writeAndFlush(
                    new DefaultSocks5CommandResponse(status, request.dstAddrType()));
        }
    }

    /** What one end says the other end hears. */
    private static final class Pipe extends ChannelInboundHandlerAdapter {
        private final Channel other;

        Pipe(Channel other) {
            this.other = other;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            other.writeAndFlush(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            other.writeAndFlush(Unpooled.EMPTY_BUFFER)
                    .addListener(ChannelFutureListener.CLOSE);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
