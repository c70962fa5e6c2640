package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the last signals of an instrument: reusable, filled by {@link SnapshotReader}.
 *
 * <p>Threads: one.
 */
public final class SignalsView {
    private final List<Kept> kept = new ArrayList<>();
    private @Nullable List<Signal> inOrder;
    private int used;
    private long sequence;
    private @Nullable CopyMark mark;

    private static final class Kept {
        private final Signal signal = new Signal();
        private long number;
    }

    void copyFrom(DirectBuffer buffer, int section, SnapshotConfig config) {
        used = 0;
        inOrder = null;
        for (int place = 0; place < config.history().signals(); place++) {
            int at = section + SeqLock.LENGTH + place * SignalsSection.LENGTH;
            long number = buffer.getLong(at + SignalsSection.NUMBER_OFFSET_64);
            int kind = buffer.getShort(at + SignalsSection.KIND_OFFSET_16);
            // A torn copy may hold anything, and a file of a newer version kinds unknown here.
            if (number > 0 && kind >= 0 && kind < SignalKind.COUNT) {
                if (used == kept.size()) {
                    kept.add(new Kept());
                }
                copy(buffer, at, kind, kept.get(used));
                kept.get(used++).number = number;
            }
        }
    }

    private static void copy(DirectBuffer buffer, int at, int kind, Kept to) {
        to.signal.read(SignalKind.at(kind),
                SignalsSection.timeframe(buffer.getByte(at + SignalsSection.TIMEFRAME_OFFSET_8)),
                buffer.getLong(at + SignalsSection.WINDOW_START_OFFSET_64),
                buffer.getLong(at + SignalsSection.MATCH_TIME_OFFSET_64),
                buffer.getLong(at + SignalsSection.PRICE_OFFSET_64),
                buffer.getByte(at + SignalsSection.SIDE_OFFSET_8),
                buffer.getInt(at + SignalsSection.REVISION_OFFSET_32));
        int inputs = at + SignalsSection.INPUTS_OFFSET;
        to.signal.inputs(buffer.getLong(inputs), buffer.getLong(inputs + Long.BYTES),
                buffer.getLong(inputs + 2 * Long.BYTES), buffer.getLong(inputs + 3 * Long.BYTES));
        int parameters = at + SignalsSection.PARAMETERS_OFFSET;
        to.signal.parameters(buffer.getLong(parameters), buffer.getLong(parameters + Long.BYTES),
                buffer.getLong(parameters + 2 * Long.BYTES),
                buffer.getLong(parameters + 3 * Long.BYTES),
                buffer.getLong(parameters + 4 * Long.BYTES));
        to.signal.number(buffer.getLong(at + SignalsSection.SEQUENCE_OFFSET_64),
                buffer.getInt(at + SignalsSection.ORDINAL_OFFSET_32));
    }

    void sequence(long copied) {
        sequence = copied;
    }

    /** What this is a whole copy of; null of nothing. */
    @Nullable
    CopyMark mark() {
        return mark;
    }

    void mark(@Nullable CopyMark of) {
        mark = of;
    }

    /** Engine sequence of the newest signal; 0 if there never was one. */
    public long sequence() {
        return sequence;
    }

    /** All signals that are kept, those that no longer count included, oldest first. */
    public List<Signal> all() {
        List<Signal> known = inOrder;
        if (known == null) {
            known = kept.stream().limit(used).sorted(Comparator.comparingLong(one -> one.number))
                    .map(one -> one.signal).toList();
            inOrder = known;
        }
        return known;
    }

    /**
     * The signals that count, oldest first: without those of windows that showed other ones when
     * they were revised, and without the notes that say so.
     */
    public List<Signal> valid() {
        record Window(Timeframe timeframe, long startMs) {}
        Map<Window, Integer> revisions = new HashMap<>();
        List<Signal> all = all();
        for (Signal signal : all) {
            Timeframe timeframe = signal.timeframe();
            if (signal.kind() == SignalKind.REVISED && timeframe != null) {
                revisions.put(new Window(timeframe, signal.windowStartMs()), signal.revision());
            }
        }
        return all.stream().filter(signal -> {
            Timeframe timeframe = signal.timeframe();
            return signal.kind() != SignalKind.REVISED && (timeframe == null
                    || signal.revision() >= revisions.getOrDefault(
                            new Window(timeframe, signal.windowStartMs()), 0));
        }).toList();
    }
}
