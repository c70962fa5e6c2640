package com.waickoff.venue.serve;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sends what it is given one byte a second. Belongs to the event loop. */
final class Trickle {
    private static final long INTERVAL_MS = 1_000;
    /** Nobody reads to the end of it. */
    private static final int MOST_BYTES = 1 << 20;

    private final Channel channel;
    private final ArrayDeque<ByteBuf> waiting = new ArrayDeque<>();
    private final Future<?> timer;
    private int bytes;

    Trickle(Channel channel) {
        this.channel = channel;
        this.timer = channel.eventLoop().scheduleAtFixedRate(this::sendByte, 0, INTERVAL_MS,
                TimeUnit.MILLISECONDS);
    }

    void add(ByteBuf buffer) {
        if (bytes + buffer.readableBytes() > MOST_BYTES) {
            buffer.release();
            return;
        }
        bytes += buffer.readableBytes();
        waiting.add(buffer);
    }

    void end() {
        var _ = timer.cancel(false);
        waiting.forEach(ByteBuf::release);
        waiting.clear();
    }

    private void sendByte() {
        ByteBuf first = firstToSend();
        if (first != null) {
            bytes--;
            var _ = channel.writeAndFlush(first.readRetainedSlice(1));
        }
    }

    private @Nullable ByteBuf firstToSend() {
        ByteBuf first = waiting.peek();
        while (first != null && !first.isReadable()) {
            waiting.remove().release();
            first = waiting.peek();
        }
        return first;
    }
}
