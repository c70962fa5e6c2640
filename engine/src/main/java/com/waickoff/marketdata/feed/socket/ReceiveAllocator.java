package com.waickoff.marketdata.feed.socket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Where a socket's bytes are received: in pooled buffers while others read them (TLS, HTTP), and in
 * the memory of the {@link FrameParser} itself as soon as there is nobody in between.
 *
 * <p>One read is one receive: with several sockets on a loop each gets its turn, and what was
 * received is handled before more is.
 */
final class ReceiveAllocator extends DefaultMaxMessagesRecvByteBufAllocator {
    /** Bytes of a pooled buffer: the longest that the pool keeps for a thread. */
    private static final int POOLED_BYTES = 32 << 10;

    private @Nullable FrameSocket target;

    ReceiveAllocator() {
        super(1);
    }

    /** From now on bytes are received where this one wants them, or in pooled buffers again. */
    void receiveInto(@Nullable FrameSocket frames) {
        target = frames;
    }

    @Override
    @SuppressWarnings("deprecation") // the only kind of handle there is
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return POOLED_BYTES;
            }

            @Override
            public ByteBuf allocate(ByteBufAllocator allocator) {
                FrameSocket frames = target;
                return frames == null ? super.allocate(allocator) : frames.room();
            }
        };
    }
}
