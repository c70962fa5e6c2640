package com.waickoff.venue.serve;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's WebSocket, from the handshake to its end. Frames are written unmasked into one buffer
 * and leave together when it is full or the player pauses. Belongs to the event loop.
 */
final class VenueConnection {
    private static final int FULL_BYTES = 64 << 10;
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8a;
    private static final int MOST_HEADER = 10;
    private static final int MOST_AWAITED_PONGS = 64;
    private static final int SLICED_BYTES = 16 << 10;
    private static final long LINGER_MS = 1_000;
    private static final long LONGEST_LINGER_MS = 10_000;

    /** @param heartbeat whether the ping is one of those the real venue sends */
    private record AwaitedPong(boolean heartbeat, Runnable onPong) {}

    private final Exchange exchange;
    private final Channel channel;
    private final int number;
    private final long openedNs;
    private final RateWindow messages = new RateWindow(TimeUnit.SECONDS.toNanos(1));
    private final Set<String> subscriptions = new LinkedHashSet<>();
    private final Map<String, AwaitedPong> awaitedPongs = new HashMap<>();
    private boolean combined;
    private Route route;
    private @Nullable FaultDraw draw;
    private @Nullable ByteBuf out;
    /** What of {@link #out} the send log is to tell; null without one. */
    private final SendLog.@Nullable Unsent unsent;
    private long dataFrames;
    private long stalledUntilNs;
    private long frozenUntilNs;
    private boolean stalled;
    private boolean frozen;
    private boolean ended;
    private boolean listed;
    private @Nullable Trickle trickle;
    /** Bytes still to be sent one by one. */
    private int toSlice;
    /** Streams that are dead on this connection whatever the client does. */
    private final Set<String> dead = new HashSet<>();
    /** Frames that go out behind the next of their stream. */
    private final Map<MarketStream, byte[]> swapped = new HashMap<>();
    private int argsCharacters;
    private long pings;
    private long lastHeardNs;
    private long lastPingNs;
    /** When the oldest heartbeat without an answer was sent; 0 if there is none. */
    private long unansweredPingNs;

    VenueConnection(Exchange exchange, Channel channel, int number, Door door, long nowNs) {
        this.exchange = exchange;
        this.channel = channel;
        this.number = number;
        this.combined = door.combined();
        this.route = door.route();
        this.openedNs = nowNs;
        this.lastHeardNs = nowNs;
        this.lastPingNs = nowNs;
        SendLog log = exchange.sendLog();
        this.unsent = log == null ? null : log.newConnection();
        setFaults(exchange.faults());
    }

    int number() {
        return number;
    }

    Set<String> subscriptions() {
        return subscriptions;
    }

    boolean isCombined() {
        return combined;
    }

    void setCombined(boolean newCombined) {
        combined = newCombined;
    }

    Route route() {
        return route;
    }

    /** Lets a stream be dead on this connection for ever. */
    void kill(String name) {
        dead.add(name);
    }

    boolean isDead(String name) {
        return dead.contains(name);
    }

    /** Letters of all topics subscribed. */
    int argsCharacters() {
        return argsCharacters;
    }

    void addArgsCharacters(int count) {
        argsCharacters += count;
    }

    long openedNs() {
        return openedNs;
    }

    long lastHeardNs() {
        return lastHeardNs;
    }

    long lastPingNs() {
        return lastPingNs;
    }

    long unansweredPingNs() {
        return unansweredPingNs;
    }

    boolean isEnded() {
        return ended;
    }

    boolean isFrozen() {
        return frozen;
    }

    void setFaults(LineFaults faults) {
        draw = faults.isNone() ? null : new FaultDraw(faults, number);
    }

    /** Notes that it stands on the list of those with something unsent. @return whether it did not */
    boolean list() {
        boolean before = listed;
        listed = true;
        return !before;
    }

    void unlist() {
        listed = false;
    }

    /** Whether it takes more without much being kept for it. */
    boolean isWritable() {
        ByteBuf buffer = out;
        return ended || frozen
                || (channel.isWritable()
                        && (buffer == null || buffer.readableBytes() < FULL_BYTES));
    }

    /** Counts a message of the client; whether it is one too many. */
    boolean isMessageTooMany(long nowNs) {
        return exchange.watch().isOver(Limit.MESSAGES_PER_SECOND, messages.add(nowNs, 1),
                exchange.limits().messagesPerSecond());
    }

    void heard(long nowNs) {
        lastHeardNs = nowNs;
    }

    /** Answers a request, at once. */
    void answer(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(TEXT, bytes, 0, bytes.length);
        flush();
    }

    /** Delivers a frame of market data; it leaves with the next {@link #flush}. */
    void deliver(MarketStream stream, byte[] bytes, int start, int length) {
        if (ended || frozen) {
            return;
        }
        dataFrames++;
        FaultDraw faultDraw = draw;
        LineFault fault = faultDraw == null ? null : faultDraw.next(stream);
        if (fault == null) {
            appendData(stream, bytes, start, length);
        } else {
            deliverBroken(fault, stream, bytes, start, length);
        }
    }

    /** Delivers a frame that a fault is to befall. */
    void deliver(LineFault fault, MarketStream stream, byte[] bytes, int start, int length) {
        if (!ended && !frozen) {
            dataFrames++;
            deliverBroken(fault, stream, bytes, start, length);
        }
    }

    /** Does what a fault does, with no frame to do it to. */
    void strike(LineFault fault) {
        if (ended) {
            return;
        }
        noteFault(fault, "");
        byte[] half = "{\"cut\":\"in".getBytes(StandardCharsets.US_ASCII);
        breakLine(fault, half, 0, half.length);
        flush();
    }

    /** Sends a ping of the venue's heartbeat. */
    void sendHeartbeat(long nowNs) {
        lastPingNs = nowNs;
        if (unansweredPingNs == 0) {
            unansweredPingNs = nowNs;
        }
        ping(true, () -> {
            unansweredPingNs = 0;
            exchange.onHeartbeatPong(exchange.nowNs() - nowNs);
        });
    }

    /** Sends a ping that the real venue would not send; its pong, if it comes, ends in a call. */
    void ping(Runnable onPong) {
        ping(false, onPong);
    }

    private void ping(boolean heartbeat, Runnable onPong) {
        String payload = exchange.wallTimeMs() + "" + ++pings;
        if (awaitedPongs.size() >= MOST_AWAITED_PONGS) {
            awaitedPongs.clear();
        }
        awaitedPongs.put(payload, new AwaitedPong(heartbeat, onPong));
        byte[] bytes = payload.getBytes(StandardCharsets.US_ASCII);
        append(PING, bytes, 0, bytes.length);
        flush();
    }

    /** Takes a pong. @return whether the client would send it to the real venue too */
    boolean onPong(byte[] payload) {
        AwaitedPong awaited = awaitedPongs
                .remove(new String(payload, StandardCharsets.ISO_8859_1));
        if (awaited == null) {
            return true;
        }
        awaited.onPong.run();
        return awaited.heartbeat;
    }

    void pong(byte[] payload) {
        append(PONG, payload, 0, payload.length);
        flush();
    }

    /** Ends the connection as WebSockets end, and the socket soon after. */
    void close(int code, String reason) {
        if (ended) {
            return;
        }
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[2 + text.length];
        bytes[0] = (byte) (code >>> 8);
        bytes[1] = (byte) code;
        System.arraycopy(text, 0, bytes, 2, text.length);
        append(CLOSE, bytes, 0, bytes.length);
        stalled = false;
        flush();
        ended = true;
        // Behind all that is still to be written.
        var _ = channel.writeAndFlush(Unpooled.EMPTY_BUFFER)
                .addListener(_ -> endSocketIn(LINGER_MS));
        endSocketIn(LONGEST_LINGER_MS);
    }

    /** Takes the client's close frame. */
    void onClose(byte[] payload) {
        if (!ended) {
            append(CLOSE, payload, 0, Math.min(2, payload.length));
            flush();
            ended = true;
        }
        endAfterWrites();
    }

    /** The socket is gone. */
    void onEnd() {
        ended = true;
        Trickle slow = trickle;
        if (slow != null) {
            slow.end();
        }
        ByteBuf buffer = out;
        if (buffer != null) {
            buffer.release();
            out = null;
        }
    }

    /** Lets go what waits for a time that has come. */
    void onTime(long nowNs) {
        if (stalled && nowNs - stalledUntilNs >= 0) {
            stalled = false;
            flush();
            exchange.player().wake();
        }
        if (frozen && frozenUntilNs != 0 && nowNs - frozenUntilNs >= 0) {
            frozen = false;
        }
    }

    /** Sends what has been appended. */
    void flush() {
        ByteBuf buffer = out;
        if (buffer == null) {
            return;
        }
        if (!stalled) {
            out = null;
            exchange.onWrite(unsent, number);
            write(buffer);
        }
        long most = exchange.limits().mostPendingBytes();
        if (most > 0 && pendingBytes() > most && !exchange.waitsForReaders()) {
            exchange.onSlowClient();
            stalled = false;
            reset();
        }
    }

    private void write(ByteBuf buffer) {
        Trickle slow = trickle;
        if (slow != null) {
            slow.add(buffer);
            return;
        }
        while (toSlice > 0 && buffer.readableBytes() > 1) {
            toSlice--;
            var _ = channel.writeAndFlush(buffer.readRetainedSlice(1));
        }
        var _ = channel.writeAndFlush(buffer);
    }

    private long pendingBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        ByteBuf buffer = out;
        return (pending == null ? 0 : pending.totalPendingWriteBytes())
                + (buffer == null ? 0 : buffer.readableBytes());
    }

    /** Appends a frame of market data, and notes that it goes out whole. */
    private void appendData(MarketStream stream, byte[] bytes, int start, int length) {
        append(TEXT, bytes, start, length);
        if (!ended && !frozen && trickle == null) {
            exchange.onBuffered(unsent, stream, bytes, start, length);
        }
        byte[] held = swapped.isEmpty() ? null : swapped.remove(stream);
        if (held != null) {
            appendData(stream, held, 0, held.length);
        }
    }

    /** Appends bytes that are a frame, or the beginning of one, or none at all. */
    private void appendRaw(byte[] bytes) {
        ByteBuf buffer = outFor(bytes.length);
        if (buffer != null) {
            buffer.writeBytes(bytes);
        }
    }

    private void append(int opcode, byte[] bytes, int start, int length) {
        appendPart(opcode, bytes, start, length, length);
    }

    /** Appends a frame, or the beginning of one that says it is longer. */
    private void appendPart(int opcode, byte[] bytes, int start, int length, int saidLength) {
        ByteBuf buffer = outFor(MOST_HEADER + length);
        if (buffer == null) {
            return;
        }
        buffer.writeByte(opcode);
        if (saidLength < 126) {
            buffer.writeByte(saidLength);
        } else if (saidLength < 1 << 16) {
            buffer.writeByte(126).writeShort(saidLength);
        } else {
            buffer.writeByte(127).writeLong(saidLength);
        }
        buffer.writeBytes(bytes, start, length);
    }

    /** The buffer that takes so many bytes more, or null if nothing is sent any more. */
    private @Nullable ByteBuf outFor(int bytes) {
        if (ended || frozen) {
            return null;
        }
        ByteBuf buffer = out;
        if (buffer != null && !stalled && buffer.readableBytes() + bytes > FULL_BYTES) {
            flush();
            buffer = out;
        }
        if (ended) {
            return null;
        }
        if (buffer == null) {
            buffer = channel.alloc().directBuffer(Math.max(FULL_BYTES, bytes));
            out = buffer;
            exchange.onUnsent(this);
        }
        return buffer;
    }

    private void deliverBroken(LineFault fault, MarketStream stream, byte[] bytes, int start,
            int length) {
        if (fault.changesFrame()) {
            FrameChange change = exchange.change(fault, stream, bytes, start, length);
            if (change != null) {
                noteFault(fault, stream.name());
                appendData(stream, change.bytes(), 0, change.length());
            } else {
                appendData(stream, bytes, start, length);
            }
            return;
        }
        noteFault(fault, stream.name());
        switch (fault) {
            case DROP -> {
            }
            case DUPLICATE -> {
                appendData(stream, bytes, start, length);
                appendData(stream, bytes, start, length);
            }
            case DELAY -> {
                appendData(stream, bytes, start, length);
                stall(delayMs());
            }
            case LATE -> {
                byte[] copy = Arrays.copyOfRange(bytes, start, start + length);
                exchange.onLate(1);
                exchange.later(delayMs(), () -> {
                    appendData(stream, copy, 0, copy.length);
                    flush();
                    exchange.onLate(-1);
                });
            }
            case SWAP -> {
                byte[] before = swapped.put(stream, Arrays.copyOfRange(bytes, start,
                        start + length));
                if (before != null) {
                    // Two in a row: the first one is told now.
                    append(TEXT, before, 0, before.length);
                    exchange.onBuffered(unsent, stream, before, 0, before.length);
                }
            }
            case GARBAGE -> {
                byte[] garbage = garbage();
                append(TEXT, garbage, 0, garbage.length);
            }
            case CUT, CUT_IN_FRAME, RESET, CLOSE, FREEZE, HUGE_HEADER ->
                breakLine(fault, bytes, start, length);
            default -> {
                breakLine(fault, bytes, start, length);
                appendData(stream, bytes, start, length);
            }
        }
    }

    private void noteFault(LineFault fault, String stream) {
        exchange.onFault(new ServedFault(number, dataFrames, exchange.venueTimeMs(), fault,
                stream));
    }

    private int delayMs() {
        FaultDraw faultDraw = draw;
        return faultDraw == null ? exchange.faults().mostDelayMs() : faultDraw.delayMs();
    }

    private byte[] garbage() {
        FaultDraw faultDraw = draw;
        return (faultDraw == null ? new FaultDraw(exchange.faults(), number) : faultDraw)
                .garbage();
    }

    private void breakLine(LineFault fault, byte[] bytes, int start, int length) {
        LineFaults faults = exchange.faults();
        switch (fault) {
            case CUT -> endAfterWrites();
            case CUT_IN_FRAME -> {
                appendPart(TEXT, bytes, start, length / 2, length);
                endAfterWrites();
            }
            case RESET -> reset();
            case CLOSE -> close(faults.closeCode(), "");
            case FREEZE -> freeze(faults.freezeMs());
            case HUGE_HEADER -> {
                appendRaw(WireFaults.hugeHeader());
                freeze(0);
            }
            case OVERSIZE -> {
                byte[] blanks = new byte[faults.oversizeBytes()];
                Arrays.fill(blanks, (byte) ' ');
                append(TEXT, blanks, 0, blanks.length);
            }
            case DELAY -> stall(faults.mostDelayMs());
            case UNKNOWN_EVENT -> {
                byte[] event = exchange.dialect().unknownEvent(this)
                        .getBytes(StandardCharsets.US_ASCII);
                append(TEXT, event, 0, event.length);
            }
            case BAD_UTF8 -> appendRaw(WireFaults.badUtf8());
            case COMPRESSED -> appendRaw(WireFaults.compressed());
            case MASKED -> appendRaw(WireFaults.masked());
            case BINARY -> appendRaw(WireFaults.binary());
            case DEEP_JSON -> {
                byte[] brackets = WireFaults.deepJson();
                append(TEXT, brackets, 0, brackets.length);
            }
            case SLICE -> {
                flush();
                toSlice = SLICED_BYTES;
            }
            case TRICKLE -> {
                flush();
                trickle = trickle == null ? new Trickle(channel) : trickle;
            }
            case DROP, DUPLICATE, LATE, GARBAGE, SWAP, CORRUPT_LEVEL, CROSS, WILD_TIME,
                    NEW_FIELD -> {
                byte[] garbage = new FaultDraw(faults, number).garbage();
                append(TEXT, garbage, 0, garbage.length);
            }
        }
    }

    private void freeze(int ms) {
        flush();
        frozen = true;
        frozenUntilNs = ms == 0 ? 0 : exchange.nowNs() + TimeUnit.MILLISECONDS.toNanos(ms);
    }

    private void stall(int delayMs) {
        stalled = true;
        stalledUntilNs = exchange.nowNs() + TimeUnit.MILLISECONDS.toNanos(delayMs);
        exchange.later(delayMs, () -> onTime(exchange.nowNs()));
    }

    /** Sends what is there, then ends the socket without a word. */
    private void endAfterWrites() {
        stalled = false;
        ByteBuf buffer = out == null ? channel.alloc().directBuffer(0) : out;
        out = null;
        ended = true;
        exchange.onWrite(unsent, number);
        var written = channel.writeAndFlush(buffer).addListener(_ -> endSocket());
        if (!written.isDone()) {
            endSocketIn(LONGEST_LINGER_MS);
        }
    }

    private void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        ended = true;
        endSocket();
    }

    private void endSocketIn(long ms) {
        var _ = channel.eventLoop().schedule(this::endSocket, ms, TimeUnit.MILLISECONDS);
    }

    /** Past the pipeline: no handler adds a farewell of its own. */
    private void endSocket() {
        if (channel.isOpen()) {
            channel.unsafe().close(channel.newPromise());
        }
    }
}
