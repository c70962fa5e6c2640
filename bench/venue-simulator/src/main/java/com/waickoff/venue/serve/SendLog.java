package com.waickoff.venue.serve;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;

/**
 * Tells in a mapped file when each frame of trades or of a book was given to the socket, so that
 * another process can tell how long it took from there to wherever it looks ({@link SendLogReader}).
 * {@code System.nanoTime} is one clock for all processes of a machine that runs Linux.
 *
 * <p>All little-endian. A record is written before its frame, so who has received a frame finds it.
 * The records are a ring: number {@code n}, from 0, stands in slot {@code n} modulo capacity, and is
 * whole if {@code n < written} held before it was read and {@code claimed - capacity <= n} after.
 *
 * <pre>
 *     0       8        16        24      32     40      44       48         64        72        128
 *     +-------+--------+---------+-------+------+-------+--------+-  -  -  -+---------+---------+
 *     | magic |ver|rlen| capacity| first | pid  |streams| namelen| reserved | written | claimed |
 *     +-------+--------+---------+-------+------+-------+--------+-  -  -  -+---------+---------+
 *   128
 *     +-----------------------------------------------------------------------------------------+
 *     | name of stream 0, UTF-8, padded by zeros to namelen = 64 | name of stream 1 | …         |
 *     +-----------------------------------------------------------------------------------------+
 *   first
 *     +-----------------+-----------------+-----------------+---------+---------+
 *     | send time ns  8 | id            8 | items so far  8 | stream 4| connec. 4|  × capacity
 *     +-----------------+-----------------+-----------------+---------+---------+
 *
 *   magic         "WKSNDLOG"
 *   ver, rlen     version 1 and the length of a record, 32, as ints
 *   capacity      of records; first: where they begin
 *   written       records so far: the last thing written (release)
 *   claimed       the same with those being written: the first thing written
 *   send time     System.nanoTime() just before the bytes were written to the socket
 *   id            Binance: of a trade t, of an aggregate a, of a book's update u;
 *                 Bybit: of a book's update u, of trades the seq of the last one in the frame
 *   items so far  trades (of other streams: frames) sent on this stream and connection up to and
 *                 with this frame
 *   connec.       number of the connection, from 1 in the order they came
 * </pre>
 *
 * <p>Belongs to the event loop. Costs a search for the id, a copy of 32 bytes, and a clock read for
 * all frames that leave together.
 */
final class SendLog implements AutoCloseable {
    static final long MAGIC = magic();
    static final int VERSION = 1;
    static final int RECORD_LENGTH = 32;
    static final int NAME_LENGTH = 64;
    static final int MAGIC_OFFSET_64 = 0;
    static final int VERSION_OFFSET_32 = 8;
    static final int RECORD_LENGTH_OFFSET_32 = 12;
    static final int CAPACITY_OFFSET_64 = 16;
    static final int FIRST_OFFSET_64 = 24;
    static final int PID_OFFSET_64 = 32;
    static final int STREAMS_OFFSET_32 = 40;
    static final int NAME_LENGTH_OFFSET_32 = 44;
    static final int WRITTEN_OFFSET_64 = 64;
    static final int CLAIMED_OFFSET_64 = 72;
    static final int NAMES_OFFSET = 128;
    static final int SEND_TIME_OFFSET_64 = 0;
    static final int ID_OFFSET_64 = 8;
    static final int ITEMS_OFFSET_64 = 16;
    static final int STREAM_OFFSET_32 = 24;
    static final int CONNECTION_OFFSET_32 = 28;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG_HANDLE = LONG.varHandle();

    private static final byte[] TRADE_ID = WireScan.key("t");
    private static final byte[] AGGREGATE_ID = WireScan.key("a");
    private static final byte[] UPDATE_ID = WireScan.key("u");
    private static final byte[] BYBIT_TRADE = WireScan.key("i");
    private static final byte[] SEQUENCE = WireScan.key("seq");

    static {
        if (CONNECTION_OFFSET_32 + Integer.BYTES != RECORD_LENGTH
                || CLAIMED_OFFSET_64 + Long.BYTES > NAMES_OFFSET) {
            throw new AssertionError("fields overlap");
        }
    }

    /** The frames of one connection that wait in its buffer. */
    static final class Unsent {
        private final long[] itemsByStream;
        private long[] ids = new long[64];
        private long[] items = new long[64];
        private int[] streams = new int[64];
        private int count;

        private Unsent(int streamCount) {
            this.itemsByStream = new long[streamCount];
        }

        private void add(int stream, long id, int newItems) {
            if (count == ids.length) {
                ids = Arrays.copyOf(ids, 2 * count);
                items = Arrays.copyOf(items, 2 * count);
                streams = Arrays.copyOf(streams, 2 * count);
            }
            itemsByStream[stream] += newItems;
            ids[count] = id;
            items[count] = itemsByStream[stream];
            streams[count] = stream;
            count++;
        }
    }

    private final Arena arena = Arena.ofShared();
    private final MemorySegment memory;
    private final int streamCount;
    private final long first;
    private final long capacity;
    private long written;

    /**
     * Makes the file anew and touches all of it, so that no page fault waits for a burst.
     *
     * @param bytes length of all records, at least one's
     * @throws IOException if the file cannot be made
     */
    SendLog(Path file, long bytes, List<MarketStream> streams) throws IOException {
        this.streamCount = streams.size();
        this.first = NAMES_OFFSET + (long) NAME_LENGTH * streamCount;
        this.capacity = bytes / RECORD_LENGTH;
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            this.memory = channel.map(FileChannel.MapMode.READ_WRITE, 0,
                    first + capacity * RECORD_LENGTH, arena);
            opened = true;
        } finally {
            if (!opened) {
                arena.close();
            }
        }
        memory.fill((byte) 0);
        memory.set(INT, VERSION_OFFSET_32, VERSION);
        memory.set(INT, RECORD_LENGTH_OFFSET_32, RECORD_LENGTH);
        memory.set(LONG, CAPACITY_OFFSET_64, capacity);
        memory.set(LONG, FIRST_OFFSET_64, first);
        memory.set(LONG, PID_OFFSET_64, ProcessHandle.current().pid());
        memory.set(INT, STREAMS_OFFSET_32, streamCount);
        memory.set(INT, NAME_LENGTH_OFFSET_32, NAME_LENGTH);
        for (int i = 0; i < streamCount; i++) {
            byte[] name = streams.get(i).nameBytes();
            MemorySegment.copy(name, 0, memory, ValueLayout.JAVA_BYTE,
                    NAMES_OFFSET + (long) NAME_LENGTH * i, Math.min(name.length, NAME_LENGTH));
        }
        LONG_HANDLE.setRelease(memory, (long) MAGIC_OFFSET_64, MAGIC);
    }

    /** For a new connection. */
    Unsent newConnection() {
        return new Unsent(streamCount);
    }

    /** A frame has been put into a connection's buffer, whole. */
    void onBuffered(Unsent unsent, MarketStream stream, byte[] bytes, int start, int length) {
        int end = start + length;
        switch (stream.kind()) {
            case TRADES -> {
                long id = WireScan.number(bytes, start, end, TRADE_ID);
                if (id >= 0) {
                    unsent.add(stream.number(), id, 1);
                } else {
                    addBybitTrades(unsent, stream, bytes, start, end);
                }
            }
            case AGGREGATES -> unsent.add(stream.number(),
                    WireScan.number(bytes, start, end, AGGREGATE_ID), 1);
            case BOOK, DIFFERENCES -> unsent.add(stream.number(),
                    WireScan.number(bytes, start, end, UPDATE_ID), 1);
            case PARTIAL_BOOK, BEST_PRICES, OTHER -> {
            }
        }
    }

    /** A connection's buffer is about to be written to its socket. */
    void onWrite(Unsent unsent, int connection) {
        int count = unsent.count;
        if (count == 0) {
            return;
        }
        LONG_HANDLE.setOpaque(memory, (long) CLAIMED_OFFSET_64, written + count);
        VarHandle.storeStoreFence();
        long nowNs = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long at = first + (written + i) % capacity * RECORD_LENGTH;
            memory.set(LONG, at + SEND_TIME_OFFSET_64, nowNs);
            memory.set(LONG, at + ID_OFFSET_64, unsent.ids[i]);
            memory.set(LONG, at + ITEMS_OFFSET_64, unsent.items[i]);
            memory.set(INT, at + STREAM_OFFSET_32, unsent.streams[i]);
            memory.set(INT, at + CONNECTION_OFFSET_32, connection);
        }
        unsent.count = 0;
        written += count;
        LONG_HANDLE.setRelease(memory, (long) WRITTEN_OFFSET_64, written);
    }

    @Override
    public void close() {
        arena.close();
    }

    private static void addBybitTrades(Unsent unsent, MarketStream stream, byte[] bytes, int start,
            int end) {
        int trades = 0;
        int at = WireScan.value(bytes, start, end, BYBIT_TRADE);
        int last = start;
        while (at != WireScan.MISSING) {
            trades++;
            last = at;
            at = WireScan.value(bytes, at, end, BYBIT_TRADE);
        }
        unsent.add(stream.number(), WireScan.number(bytes, last, end, SEQUENCE), trades);
    }

    private static long magic() {
        long magic = 0;
        byte[] letters = "WKSNDLOG".getBytes(StandardCharsets.US_ASCII);
        for (int i = letters.length - 1; i >= 0; i--) {
            magic = magic << Byte.SIZE | letters[i];
        }
        return magic;
    }
}
