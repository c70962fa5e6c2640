package com.waickoff.marketdata.feed.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyConnectionEvent;
import io.netty.handler.proxy.ProxyHandler;
import io.netty.handler.proxy.Socks5ProxyHandler;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A proxy at the head of a pipeline: until it has opened the way to the venue, what is written waits.
 * Then it leaves the pipeline, and the bytes of the venue come as if there were none. Where it fails
 * it says so in its own name, so that nobody looks for the fault at the venue.
 */
final class Tunnel extends ChannelInboundHandlerAdapter {
    /** What the library calls its reason, at the end of its message. */
    private static final Pattern STATUS = Pattern.compile(", status: (\\d{3}|[A-Z_]+)");
    private static final Pattern NO_METHOD = Pattern.compile(", unexpected authMethod: ");
    private static final Pattern LOGIN = Pattern.compile(", authStatus: ");
    private static final Pattern TIMEOUT = Pattern.compile(", timeout$");
    private static final Pattern CUT = Pattern.compile(", disconnected$|Connection reset");
    private static final String LOGIN_WANTED = "407";
    /** What the library says where the answer was no HTTP. */
    private static final String NO_HTTP = "999";

    private final ProxySettings proxy;
    private final ProxyHandler handler;
    private final String venue;
    private boolean isOpen;

    private Tunnel(ProxySettings proxy, ProxyHandler handler, String venue) {
        this.proxy = proxy;
        this.handler = handler;
        this.venue = venue;
    }

    /**
     * Puts a proxy at the head of a pipeline that is still empty.
     *
     * @param address of the proxy
     * @param timeoutMs how long it may take to reach the venue
     */
    static void open(ChannelPipeline pipeline, ProxySettings proxy, InetSocketAddress address,
            String venue, int timeoutMs) {
        String user = proxy.user();
        String word = proxy.password() == null ? "" : proxy.password();
        ProxyHandler handler = switch (proxy.kind()) {
            case HTTP -> user == null ? new HttpProxyHandler(address)
                    : new HttpProxyHandler(address, user, word);
            case SOCKS5 -> new Socks5ProxyHandler(address, user, word);
        };
        handler.setConnectTimeoutMillis(timeoutMs);
        if (proxy.kind() == ProxySettings.Kind.HTTP) {
            pipeline.addLast(new StatusLine());
        }
        pipeline.addLast(handler, new Tunnel(proxy, handler, venue));
    }

    /** Why the proxy itself could not be reached. */
    static ProxyException unreached(ProxySettings proxy, Throwable cause) {
        Complaint complaint = Complaint.of(cause, "the proxy " + proxy.peer());
        return new ProxyException("proxy_" + complaint.code(), complaint.detail(), cause);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof ProxyConnectionEvent) {
            isOpen = true;
            // It still has to send what waits, from within the call that leads here.
            context.executor().execute(() -> {
                if (!context.isRemoved()) {
                    ChannelHandler removed = handler;
                    while (removed != this) { // its codec is before it
                        removed = context.pipeline().removeFirst();
                    }
                }
            });
        }
        context.fireUserEventTriggered(event);
    }

    /** What a proxy said that was not understood is not the venue's. */
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (isOpen) {
            context.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.fireExceptionCaught(cause instanceof ProxyConnectException
                ? failure(String.valueOf(cause.getMessage()), cause) : cause);
    }

    private ProxyException failure(String message, Throwable cause) {
        String name = "the proxy " + proxy.peer();
        Matcher status = STATUS.matcher(message);
        boolean hasStatus = status.find();
        String reason = hasStatus ? status.group(1) : "";
        if (reason.equals(LOGIN_WANTED) || LOGIN.matcher(message).find()) {
            return proxy.user() == null
                    ? new ProxyException("proxy_login_wanted", name + " wants a user and a"
                            + " password, and none are configured", cause)
                    : new ProxyException("proxy_login_refused", name + " does not take the user"
                            + " and the password that are configured", cause);
        }
        if (NO_METHOD.matcher(message).find()) {
            return new ProxyException("proxy_login_wanted", name + (proxy.user() == null
                    ? " lets nobody in without a login" : " takes no login by user and password")
                    + ", or is no SOCKS5 proxy", cause);
        }
        if (hasStatus && !reason.equals(NO_HTTP)) {
            return new ProxyException("proxy_refused", name + " did not connect to " + venue
                    + ", it said " + (proxy.kind() == ProxySettings.Kind.HTTP ? "HTTP " : "")
                    + reason, cause);
        }
        if (TIMEOUT.matcher(message).find()) {
            return new ProxyException("proxy_timeout", name + " did not reach " + venue
                    + " in time", cause);
        }
        if (CUT.matcher(message).find()) {
            return new ProxyException("proxy_cut", name + " cut the connection before it reached "
                    + venue, cause);
        }
        return new ProxyException("proxy_not_understood", name + " answered something that is not "
                + proxy.kind(), cause);
    }

    /**
     * Fails with the status of a refusal as soon as it is there. The library waits for the end of
     * what a proxy says with it, which never comes where no length is told and nobody closes.
     */
    private static final class StatusLine extends ChannelInboundHandlerAdapter {
        private static final Pattern REFUSAL = Pattern.compile("HTTP/1\\.\\d (?!200)(\\d{3})");
        private static final int LENGTH = "HTTP/1.1 403".length();

        private final StringBuilder head = new StringBuilder(LENGTH);

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof ByteBuf bytes) {
                int at = bytes.readerIndex();
                while (head.length() < LENGTH && at < bytes.writerIndex()) {
                    head.append((char) bytes.getUnsignedByte(at++));
                }
            }
            Matcher refusal = REFUSAL.matcher(head);
            if (refusal.matches()) {
                ReferenceCountUtil.release(message);
                context.fireExceptionCaught(
                        new ProxyConnectException("refused, status: " + refusal.group(1)));
                return;
            }
            if (head.length() == LENGTH) {
                context.pipeline().remove(this);
            }
            context.fireChannelRead(message);
        }
    }
}
