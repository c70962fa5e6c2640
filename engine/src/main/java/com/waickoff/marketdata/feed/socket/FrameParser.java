package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;

/**
 * Reads the frames of a WebSocket server where the socket put them: no frame objects, no copy of an
 * unfragmented message, no garbage. Bytes are received behind {@link #writeIndex}; what could be
 * read is forgotten, what is incomplete waits:
 *
 * <pre>
 *   0        message  messageEnd   read              write         capacity
 *   │ forgotten │ fragments │ headers │ incomplete frame │ room to receive │ 8 bytes to overrun │
 * </pre>
 *
 * <p>A frame (RFC 6455 §5.2), of a server, so without mask:
 *
 * <pre>
 *   ┌─┬───┬──────┬─┬───────┬──────────────────────────┬─────────┐
 *   │F│RSV│opcode│M│ length│ 16 bits if it is 126,    │ payload │
 *   │1│ 3 │  4   │1│   7   │ 64 bits if it is 127     │         │
 *   └─┴───┴──────┴─┴───────┴──────────────────────────┴─────────┘
 * </pre>
 *
 * <p>Fragments are moved together, so that a message is always one run of bytes. A length is believed
 * only within the bound, before any memory is claimed for it, and memory grows only as bytes arrive.
 *
 * <p>Text is checked as it arrives: one that cannot become UTF-8 any more is refused before its end is
 * there.
 *
 * <p>Strict: reserved bits (no extension is offered), unknown opcodes, masked frames, lengths that
 * could be written shorter, fragmented or long control frames, fragments out of order, text that is
 * no UTF-8 and impossible close codes are violations.
 */
final class FrameParser {
    /** Least room that is made before bytes are received. */
    static final int LEAST_ROOM = 4 << 10;

    private static final int FIRST_CAPACITY = 64 << 10;
    private static final int MOST_HEADER = 14;
    private static final int FIN = 0x80;
    private static final int RESERVED = 0x70;
    private static final int OPCODE = 0x0f;
    private static final int CONTROL = 0x08;
    private static final int MASK = 0x80;
    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int BINARY = 0x2;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xa;
    private static final int WHOLE_TEXT = FIN | TEXT;
    private static final int MOST_CONTROL = 125;
    private static final int LENGTH_16 = 126;
    private static final int LENGTH_64 = 127;
    private static final int LEAST_64 = 1 << 16;

    private final FrameListener listener;
    private final int maxMessageBytes;
    private final int maxCapacity;
    private ByteBuffer memory;
    private long base;
    private int capacity;
    private int read;
    private int write;
    private int message; // where the fragments of an unfinished message begin
    private int messageEnd;
    private int messageOpcode; // CONTINUATION while there is none
    private int headerLength; // of the frame at read
    private long payloadLength;
    private int checked; // bytes of its payload that were found to be text before it was complete
    private int utf8 = Utf8.WHOLE; // after the checked part of an unfinished text
    private boolean isOver;
    private boolean isLent; // the memory, to a receive of a connection that has ended

    /**
     * A parser of one connection at a time.
     *
     * @param maxMessageBytes longest message, of one frame or many
     */
    FrameParser(FrameListener listener, int maxMessageBytes) {
        this.listener = listener;
        this.maxMessageBytes = maxMessageBytes;
        this.maxCapacity = Math.addExact(maxMessageBytes,
                MOST_HEADER + MOST_CONTROL + LEAST_ROOM);
        this.memory = ByteBuffer.allocateDirect(0);
        allocate(Math.min(FIRST_CAPACITY, maxCapacity));
    }

    /** Forgets everything: another connection begins. */
    void reset() {
        if (isLent) {
            isLent = false;
            allocate(capacity);
        }
        read = 0;
        write = 0;
        message = 0;
        messageEnd = 0;
        messageOpcode = CONTINUATION;
        checked = 0;
        utf8 = Utf8.WHOLE;
        isOver = false;
    }

    /** Where to receive: all of it but the bytes to overrun. Another one after it grew. */
    ByteBuffer memory() {
        return memory;
    }

    /** Address of {@link #memory}. */
    long address() {
        return base;
    }

    /** Where in {@link #memory} to receive next. */
    int writeIndex() {
        return write;
    }

    /** How many bytes can be received now. */
    int room() {
        return capacity - write;
    }

    /** Address of the next byte to receive. */
    long writeAddress() {
        return base + write;
    }

    /** Makes room for at least {@link #LEAST_ROOM} bytes, by moving or growing where it must. */
    void makeRoom() {
        if (read == write && messageOpcode == CONTINUATION) {
            read = 0;
            write = 0;
        } else if (capacity - write < LEAST_ROOM) {
            makeRoomSlowPath();
        }
    }

    /**
     * Takes notice of bytes that were received, and hands on every message they complete.
     *
     * @param count at most {@link #room}
     */
    void received(int count) {
        write += count;
        while (!isOver && hasFrame()) {
            int length = (int) payloadLength;
            long payload = base + read + headerLength;
            int first = Ascii.byteAt(base + read) & 0xff;
            read += headerLength + length;
            if (first == WHOLE_TEXT && checked == 0) {
                text(payload, length);
            } else {
                takeSlowPath(first, payload, length);
            }
        }
        if (!isOver && read < write) {
            checkPartSlowPath();
        }
        if (isOver) {
            read = write;
            messageOpcode = CONTINUATION;
        }
    }

    /** Nothing more is wanted of this connection. */
    void end() {
        isOver = true;
    }

    /**
     * The kernel may still write into the memory, on behalf of this connection: the next one gets
     * other memory.
     */
    void lend() {
        isLent = true;
    }

    /** Whether a frame at {@link #read} is complete; one that must not be there ends everything. */
    private boolean hasFrame() {
        int available = write - read;
        if (available < 2) {
            return false;
        }
        int first = Ascii.byteAt(base + read) & 0xff;
        int second = Ascii.byteAt(base + read + 1) & 0xff;
        headerLength = second < LENGTH_16 ? 2 : (second & ~MASK) == LENGTH_64 ? 10 : 4;
        if (available < headerLength && second < MASK) {
            return false;
        }
        payloadLength = payloadLengthAt(base + read);
        if (isWholeText(first, second) || isAllowedSlowPath(first, second, payloadLength)) {
            return available - headerLength >= payloadLength;
        }
        isOver = true;
        return false;
    }

    /** What nearly every frame is; all else is looked at more closely. */
    private boolean isWholeText(int first, int second) {
        return first == WHOLE_TEXT && messageOpcode == CONTINUATION
                && payloadLength <= maxMessageBytes
                && (second < LENGTH_16 || (second == LENGTH_16 && payloadLength >= LENGTH_16));
    }

    private long payloadLengthAt(long frame) {
        long header = Long.reverseBytes(Ascii.longAt(frame)); // the first byte is the highest
        return switch (headerLength) {
            case 2 -> (header >>> 48) & 0x7f;
            case 4 -> (header >>> 32) & 0xffff;
            default -> Long.reverseBytes(Ascii.longAt(frame + 2));
        };
    }

    private boolean isAllowedSlowPath(int first, int second, long length) {
        int opcode = first & OPCODE;
        boolean isControl = opcode >= CONTROL;
        String wrong = null;
        if ((first & RESERVED) != 0) {
            wrong = "reserved bits are set though no extension was agreed on";
        } else if ((opcode > BINARY && opcode < CLOSE) || opcode > PONG) {
            wrong = "a frame of an unknown type";
        } else if ((second & MASK) != 0) {
            wrong = "a masked frame";
        } else if (isControl && (first & FIN) == 0) {
            wrong = "a fragmented control frame";
        } else if (isControl && (length > MOST_CONTROL || second >= LENGTH_16)) {
            wrong = "a control frame of more than 125 bytes";
        } else if (length < 0 || (headerLength == 4 && length < LENGTH_16)
                || (headerLength == 10 && length < LEAST_64)) {
            wrong = "a length that is not written as it must be";
        } else if (opcode == CONTINUATION && messageOpcode == CONTINUATION) {
            wrong = "a continuation of nothing";
        } else if (!isControl && opcode != CONTINUATION && messageOpcode != CONTINUATION) {
            wrong = "a new message within an unfinished one";
        }
        if (wrong != null) {
            listener.onViolation(CloseCode.PROTOCOL_ERROR, wrong);
            return false;
        }
        if (!isControl && length > maxMessageBytes - (messageEnd - message)) {
            listener.onViolation(CloseCode.TOO_BIG, "a message longer than the configured bound");
            return false;
        }
        return true;
    }

    private void text(long payload, int length) {
        if (Utf8.isValid(payload, length)) {
            listener.onText(payload, length);
        } else {
            refuseText();
        }
    }

    private void refuseText() {
        isOver = true;
        listener.onViolation(CloseCode.INVALID_DATA, "text that is not UTF-8");
    }

    /** Looks at what is there of an incomplete frame: whether it can still become text. */
    private void checkPartSlowPath() {
        int available = write - read;
        if (available < 2 || available <= headerLength) {
            return;
        }
        int opcode = Ascii.byteAt(base + read) & OPCODE;
        if (opcode == TEXT || (opcode == CONTINUATION && messageOpcode == TEXT)) {
            int part = available - headerLength;
            utf8 = Utf8.after(utf8, base + read + headerLength + checked, part - checked);
            checked = part;
            if (utf8 == Utf8.INVALID) {
                refuseText();
            }
        }
    }

    /** Everything but a whole text: control frames, fragments, binary messages. */
    private void takeSlowPath(int first, long payload, int length) {
        switch (first & OPCODE) {
            case PING -> listener.onPing(payload, length);
            case PONG -> listener.onPong(payload, length);
            case CLOSE -> close(payload, length);
            default -> fragment(first, payload, length);
        }
    }

    private void fragment(int first, long payload, int length) {
        boolean isFirst = messageOpcode == CONTINUATION;
        messageOpcode = isFirst ? first & OPCODE : messageOpcode;
        if (messageOpcode == TEXT) {
            utf8 = Utf8.after(utf8, payload + checked, length - checked);
            checked = 0;
            if (utf8 == Utf8.INVALID || ((first & FIN) != 0 && utf8 != Utf8.WHOLE)) {
                refuseText();
                return;
            }
        }
        if (isFirst) {
            message = (int) (payload - base);
            messageEnd = message + length;
        } else {
            // Downward, over the header at least: what lies behind the message was read already.
            Ascii.copy(payload, base + messageEnd, length);
            messageEnd += length;
        }
        if ((first & FIN) != 0) {
            finish();
        }
    }

    private void finish() {
        int opcode = messageOpcode;
        long whole = base + message;
        int length = messageEnd - message;
        messageOpcode = CONTINUATION;
        message = 0;
        messageEnd = 0;
        if (opcode == TEXT) {
            listener.onText(whole, length);
        } else {
            listener.onBinary(whole, length);
        }
    }

    private void close(long payload, int length) {
        isOver = true;
        int code = length < 2 ? CloseCode.NONE
                : ((Ascii.byteAt(payload) & 0xff) << 8) | (Ascii.byteAt(payload + 1) & 0xff);
        if (length == 1 || (length >= 2 && !CloseCode.maySend(code))) {
            listener.onViolation(CloseCode.PROTOCOL_ERROR, "a close frame without a valid code");
        } else if (length > 2 && !Utf8.isValid(payload + 2, length - 2)) {
            listener.onViolation(CloseCode.INVALID_DATA, "a reason to close that is not UTF-8");
        } else {
            listener.onClose(code, payload + 2, Math.max(0, length - 2));
        }
    }

    private void makeRoomSlowPath() {
        if (messageOpcode == CONTINUATION) {
            Ascii.copy(base + read, base, write - read);
            write -= read;
            read = 0;
        } else {
            int fragments = messageEnd - message;
            Ascii.copy(base + message, base, fragments);
            Ascii.copy(base + read, base + fragments, write - read);
            write -= read - fragments;
            read = fragments;
            message = 0;
            messageEnd = fragments;
        }
        if (capacity - write < LEAST_ROOM) {
            grow();
        }
    }

    private void grow() {
        ByteBuffer old = memory;
        long from = base;
        allocate((int) Math.min(maxCapacity, 2L * capacity));
        try {
            Ascii.copy(from, base, write);
        } finally {
            Reference.reachabilityFence(old);
        }
    }

    private void allocate(int bytes) {
        memory = ByteBuffer.allocateDirect(bytes + Ascii.OVERRUN_BYTES).slice(0, bytes);
        base = MemorySegment.ofBuffer(memory).address();
        capacity = bytes;
    }
}
