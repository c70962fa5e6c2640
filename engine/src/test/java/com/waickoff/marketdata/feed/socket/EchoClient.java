package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpResponse;
import java.io.IOException;
import java.net.URI;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * A WebSocket client that says what it hears, of the very parts that feeds are made of: dialer,
 * upgrade, parser in place, writer, farewell.
 */
final class EchoClient implements AutoCloseable {
    private static final int PATIENCE_MS = 120_000;

    private final RandomGenerator random = new SplittableRandom(1);
    private final PooledByteBufAllocator allocator = new PooledByteBufAllocator(true);
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Names names = new Names();
    private final Tls tls;
    private final Dialer dialer;
    private final FrameWriter writer = new FrameWriter(allocator, random);
    private final int maxMessageBytes;
    private final int farewellMs;

    /** @param farewellMs how long a server may take to end a connection after the last word */
    EchoClient(SocketKind kind, int maxMessageBytes, int farewellMs) throws IOException {
        Sockets sockets = Sockets.of(kind);
        this.maxMessageBytes = maxMessageBytes;
        this.farewellMs = farewellMs;
        this.group = new MultiThreadIoEventLoopGroup(1, sockets.handler());
        this.loop = group.next();
        this.tls = new Tls(TlsSettings.SYSTEM);
        this.dialer = new Dialer(loop, sockets.channel(), allocator, names, tls);
    }

    /** Connects, echoes whatever comes, and ends with the connection. */
    CompletableFuture<String> echo(URI server, String path) {
        return begin(server, path, true);
    }

    /** Connects and listens; ends with the connection and the last text that came. */
    CompletableFuture<String> listen(URI server, String path) {
        return begin(server, path, false);
    }

    private CompletableFuture<String> begin(URI server, String path, boolean isEcho) {
        Endpoint endpoint = Endpoint.of(server);
        Conversation conversation = new Conversation(isEcho);
        loop.execute(() -> dialer.dial(endpoint, 0, PATIENCE_MS, PATIENCE_MS,
                conversation.receive, pipeline -> {
                    HttpClientCodec http = new HttpClientCodec();
                    pipeline.addLast(http, new Upgrade(endpoint, path, random, http,
                            conversation.frames, conversation));
                }, made -> conversation.channel = made, conversation::broken));
        return conversation.ended;
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, PATIENCE_MS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        names.close();
        tls.close();
    }

    /** One connection, on the loop's thread. */
    private final class Conversation implements Upgrade.Outcome, FrameListener {
        final CompletableFuture<String> ended = new CompletableFuture<>();
        final ReceiveAllocator receive = new ReceiveAllocator();
        final FrameParser parser = new FrameParser(this, maxMessageBytes);
        final FrameSocket frames = new FrameSocket(parser, this, System::nanoTime);
        private final boolean isEcho;
        private Channel channel;
        private String last = "";

        Conversation(boolean isEcho) {
            this.isEcho = isEcho;
        }

        private void write(ByteBuf frame) {
            var _ = channel.write(frame, channel.voidPromise());
        }

        private void leave(int code) {
            parser.end();
            receive.receiveInto(null);
            frames.detach();
            Farewell.say(channel, writer.close(code), farewellMs);
        }

        @Override
        public void onText(long address, int length) {
            if (isEcho) {
                write(writer.message(true, address, length));
            } else {
                last = Ascii.text(address, length);
            }
        }

        @Override
        public void onBinary(long address, int length) {
            write(writer.message(false, address, length));
        }

        @Override
        public void onPing(long address, int length) {
            write(writer.pong(address, length));
        }

        @Override
        public void onPong(long address, int length) {}

        @Override
        public void onClose(int code, long reason, int length) {
            leave(code);
        }

        @Override
        public void onViolation(int code, String what) {
            leave(code);
        }

        @Override
        public void upgraded() {
            receive.receiveInto(frames);
        }

        @Override
        public void readEnded() {
            channel.flush();
        }

        @Override
        public void closed() {
            ended.complete(last);
        }

        @Override
        public void refused(HttpResponse response) {
            failed(new IOException(response.status().toString()));
        }

        @Override
        public void misunderstood(String what) {
            failed(new IOException(what));
        }

        @Override
        public void receivedAt(long receiveTimeNs) {}

        @Override
        public void broken(Throwable cause) {
            failed(cause);
        }

        @Override
        public void failed(Throwable cause) {
            ended.completeExceptionally(cause);
            if (channel != null) {
                var _ = channel.close();
            }
        }
    }
}
