package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.LongSupplier;

/**
 * What reads frames from a channel, after the handshake: the hot end of the pipeline. A plain socket
 * receives into the parser's memory itself; what TLS decrypted is copied there.
 *
 * <p>The receive time is taken once, when the first bytes of a read arrive.
 */
final class FrameSocket extends ChannelInboundHandlerAdapter {
    private final FrameParser parser;
    private final Owner owner;
    private final LongSupplier receiveClock;
    private ByteBuf buffer; // a view of the parser's memory
    private long address; // of that memory
    private boolean isOffered; // to a receive that has not come back
    private boolean isReading;
    private boolean isDetached;

    /** Who owns the connection. */
    interface Owner {
        /** The bytes that follow were received at this time. */
        void receivedAt(long receiveTimeNs);

        /** All frames of what was received have been handed on. */
        void readEnded();

        /** The connection is no more. */
        void closed();

        /** The network, or what lies between it and the frames, failed. */
        void broken(Throwable cause);

        /** Something failed that must not: no bytes received can be the reason. */
        void failed(Throwable cause);
    }

    FrameSocket(FrameParser parser, Owner owner, LongSupplier receiveClock) {
        this.parser = parser;
        this.owner = owner;
        this.receiveClock = receiveClock;
        this.buffer = Unpooled.wrappedBuffer(parser.memory());
        this.address = parser.address();
    }

    /** Room to receive into; what is returned comes back through {@link #channelRead}. */
    ByteBuf room() {
        parser.makeRoom();
        if (address != parser.address()) {
            address = parser.address();
            buffer = Unpooled.wrappedBuffer(parser.memory());
        }
        int index = parser.writeIndex();
        buffer.setIndex(index, index);
        isOffered = true;
        return buffer.retain();
    }

    /**
     * Another connection needs the parser: what still comes of this one is nobody's. Where receives
     * are told to the kernel beforehand (io_uring) one may be under way into the parser's memory.
     */
    void detach() {
        isDetached = true;
        if (isOffered) {
            parser.lend();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        isOffered = false;
        try {
            if (isDetached) {
                return;
            }
            if (!isReading) {
                isReading = true;
                owner.receivedAt(receiveClock.getAsLong());
            }
            if (message instanceof ByteBuf bytes) {
                if (isOwn(bytes)) {
                    parser.received(bytes.writerIndex() - parser.writeIndex());
                } else {
                    copy(bytes);
                }
            }
        } catch (Throwable cause) {
            owner.failed(cause);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very one, not one that holds the same bytes
    private boolean isOwn(ByteBuf bytes) {
        return bytes == buffer;
    }

    private void copy(ByteBuf bytes) {
        while (bytes.isReadable() && !isDetached) {
            parser.makeRoom();
            int count = Math.min(bytes.readableBytes(), parser.room());
            if (bytes.hasMemoryAddress()) {
                Ascii.copy(bytes.memoryAddress() + bytes.readerIndex(), parser.writeAddress(),
                        count);
                bytes.skipBytes(count);
            } else {
                bytes.readBytes(parser.memory().duplicate().position(parser.writeIndex())
                        .limit(parser.writeIndex() + count));
            }
            parser.received(count);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        isOffered &= buffer.refCnt() > 1; // what was offered in vain was given back
        try {
            if (isReading) {
                isReading = false;
                owner.readEnded();
            }
        } catch (Throwable cause) {
            owner.failed(cause);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        try {
            owner.closed();
        } catch (Throwable cause) {
            owner.failed(cause);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        try {
            owner.broken(cause);
        } catch (Throwable fatal) {
            owner.failed(fatal);
        }
    }
}
