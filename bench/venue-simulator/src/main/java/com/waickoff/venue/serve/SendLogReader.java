package com.waickoff.venue.serve;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads, while it is written, when a venue in another process gave each frame to the socket.
 *
 * <pre>{@code
 * try (SendLogReader log = SendLogReader.open(file)) {
 *     int trades = log.streams().indexOf("btcusdt@trade");
 *     for (long n = 0; n < log.written(); n++) {
 *         if (log.read(n) && log.stream() == trades) {
 *             took(log.id(), System.nanoTime() - log.sendTimeNs());
 *         }
 *     }
 * }
 * }</pre>
 *
 * <p>A moving view that allocates nothing; not thread safe, but as many as one likes may read.
 */
public final class SendLogReader implements AutoCloseable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory;
    private final long first;
    private final long capacity;
    private final List<String> streams = new ArrayList<>();
    private long sendTimeNs;
    private long id;
    private long items;
    private int stream;
    private int connection;

    private SendLogReader(Path file) throws IOException {
        boolean opened = false;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            this.memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            check(file);
            this.first = memory.get(SendLog.LONG, SendLog.FIRST_OFFSET_64);
            this.capacity = memory.get(SendLog.LONG, SendLog.CAPACITY_OFFSET_64);
            opened = true;
        } finally {
            if (!opened) {
                arena.close();
            }
        }
        int count = memory.get(SendLog.INT, SendLog.STREAMS_OFFSET_32);
        for (int i = 0; i < count; i++) {
            byte[] name = memory
                    .asSlice(SendLog.NAMES_OFFSET + (long) SendLog.NAME_LENGTH * i,
                            SendLog.NAME_LENGTH)
                    .toArray(ValueLayout.JAVA_BYTE);
            streams.add(new String(name, StandardCharsets.UTF_8).replace("\0", ""));
        }
    }

    /**
     * Opens the log of a venue that listens.
     *
     * @throws IOException if there is none, or one of another version
     */
    public static SendLogReader open(Path file) throws IOException {
        return new SendLogReader(file);
    }

    /** Names of streams by number. */
    public List<String> streams() {
        return List.copyOf(streams);
    }

    /** Number of records so far. */
    public long written() {
        return (long) SendLog.LONG_HANDLE.getAcquire(memory, (long) SendLog.WRITTEN_OFFSET_64);
    }

    /** Number of records that are kept: older ones are written over. */
    public long capacity() {
        return capacity;
    }

    /**
     * Moves to a record.
     *
     * @param number from 0
     * @return whether it is there: not before it is written, nor after it is written over
     */
    public boolean read(long number) {
        if (number < 0 || number >= written()) {
            return false;
        }
        long at = first + number % capacity * SendLog.RECORD_LENGTH;
        sendTimeNs = memory.get(SendLog.LONG, at + SendLog.SEND_TIME_OFFSET_64);
        id = memory.get(SendLog.LONG, at + SendLog.ID_OFFSET_64);
        items = memory.get(SendLog.LONG, at + SendLog.ITEMS_OFFSET_64);
        stream = memory.get(SendLog.INT, at + SendLog.STREAM_OFFSET_32);
        connection = memory.get(SendLog.INT, at + SendLog.CONNECTION_OFFSET_32);
        VarHandle.loadLoadFence();
        long claimed = (long) SendLog.LONG_HANDLE.getOpaque(memory,
                (long) SendLog.CLAIMED_OFFSET_64);
        return claimed - capacity <= number;
    }

    /** When the frame was given to the socket, by {@code System.nanoTime} of this machine. */
    public long sendTimeNs() {
        return sendTimeNs;
    }

    /** Trade id, aggregate id or update id; of Bybit's trades the last one's sequence. */
    public long id() {
        return id;
    }

    /** Trades (of other streams: frames) of this stream on this connection, with this frame's. */
    public long items() {
        return items;
    }

    /** Number of the stream. */
    public int stream() {
        return stream;
    }

    /** Number of the connection, from 1 in the order they came. */
    public int connection() {
        return connection;
    }

    @Override
    public void close() {
        arena.close();
    }

    private void check(Path file) throws IOException {
        long least = SendLog.NAMES_OFFSET;
        if (memory.byteSize() < least || (long) SendLog.LONG_HANDLE.getAcquire(memory,
                (long) SendLog.MAGIC_OFFSET_64) != SendLog.MAGIC) {
            throw new IOException(file + " is no send log");
        }
        int version = memory.get(SendLog.INT, SendLog.VERSION_OFFSET_32);
        if (version != SendLog.VERSION) {
            throw new IOException(file + " is a send log of version " + version + ", not of "
                    + SendLog.VERSION);
        }
    }
}
