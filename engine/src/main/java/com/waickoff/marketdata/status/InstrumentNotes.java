package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.status.StatusFormat.InstrumentEntry;
import com.waickoff.marketdata.status.StatusFormat.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What is to be said of instruments that are not traded as usual. Whoever is traded from beginning to
 * end has no entry.
 *
 * <p>Rare, and texts: this allocates. Threads: one writer, any number of readers in this and other
 * processes.
 */
public final class InstrumentNotes {
    private final AtomicBuffer buffer;
    private final int offset;
    private final Map<String, Entry> entries = new HashMap<>();

    private record Entry(int offset, SeqLock lock) {}

    InstrumentNotes(AtomicBuffer buffer, int offset) {
        buffer.boundsCheck(offset, Region.INSTRUMENTS.entries() * InstrumentEntry.LENGTH);
        this.buffer = buffer;
        this.offset = offset;
    }

    /** Notes that belong to no file, for tools and tests. */
    public static InstrumentNotes onHeap() {
        return new InstrumentNotes(new UnsafeBuffer(BufferUtil.allocateDirectAligned(
                Region.INSTRUMENTS.entries() * InstrumentEntry.LENGTH, Long.BYTES)), 0);
    }

    /**
     * Shows the state of an instrument.
     *
     * @param name {@code venue:SYMBOL}, at most 60 bytes
     * @param sinceNs when it began, in ns since the epoch
     * @param detail why, for people; empty where there is nothing to say, cut where too long
     * @return false if there is no room for another instrument
     */
    public boolean show(String name, InstrumentState state, long sinceNs, String detail) {
        Entry entry = entries.get(name);
        boolean isNew = entry == null;
        if (entry == null) {
            if (state == InstrumentState.TRADING) {
                return true; // as usual
            }
            if (entries.size() == Region.INSTRUMENTS.entries()) {
                return false;
            }
            int at = offset + entries.size() * InstrumentEntry.LENGTH;
            entry = new Entry(at, new SeqLock(buffer, at + InstrumentEntry.LOCK_OFFSET));
            entries.put(name, entry);
        }
        entry.lock.beginWrite();
        buffer.putInt(entry.offset + InstrumentEntry.STATE_OFFSET_32, state.ordinal());
        buffer.putLong(entry.offset + InstrumentEntry.SINCE_OFFSET_64, sinceNs);
        TextField.putCut(buffer, entry.offset + InstrumentEntry.DETAIL_OFFSET,
                InstrumentEntry.DETAIL_LENGTH, detail);
        entry.lock.endWrite(0);
        if (isNew) {
            // Last: it tells readers that the entry is there.
            TextField.put(buffer, entry.offset + InstrumentEntry.NAME_OFFSET,
                    StatusFormat.NAME_LENGTH, "name", name);
        }
        return true;
    }

    /** What is shown now, in the order in which it was first said; any thread may ask. */
    public List<InstrumentReading> read() {
        return readAll(buffer, offset, Region.INSTRUMENTS.entries(), InstrumentEntry.LENGTH);
    }

    static List<InstrumentReading> readAll(AtomicBuffer buffer, int offset, int entries,
            int entryLength) {
        List<InstrumentReading> readings = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            int entry = offset + i * entryLength;
            if (buffer.getIntVolatile(entry) == 0) {
                break;
            }
            readings.add(InstrumentReading.copy(
                    TextField.get(buffer, entry, StatusFormat.NAME_LENGTH), buffer, entry));
        }
        return readings;
    }

    /** Lets the next thread that writes become the single writer. */
    public void handOver() {
        entries.values().forEach(entry -> entry.lock.handOver());
    }
}
