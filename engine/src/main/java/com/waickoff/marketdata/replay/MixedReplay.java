package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.journal.JournalTail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Recordings and journals as one past: their steps in the order of receive time, those of the same
 * time in the order in which the sources were added.
 *
 * <pre>
 *   recording ──► protocol ──► gate ─┐
 *   recording ──► protocol ──► gate ─┼──► sink       one clock, one sequence, one catalogue
 *   journal ───────────────► gate ───┘
 * </pre>
 *
 * <p>Events are numbered anew in this order. An instrument is one by its name; where sources overlap,
 * it is taken from one at a time: {@link Tenure}.
 *
 * <p>Threads: the feed thread.
 */
public final class MixedReplay implements AutoCloseable {
    /** Without pacing, this many steps share one end of read. */
    private static final int STEPS_PER_READ = 64;

    private final EventSink sink;
    private final InstrumentCatalogue catalogue;
    private final EventSelection selection;
    private final long fromNs;
    private final EventLog log;
    private final boolean isOfOne;
    private final FeedClock clock;
    private final Tenure tenure = new Tenure();
    private final List<ReplaySource> sources = new ArrayList<>();
    private final List<Door> doors = new ArrayList<>();
    private long latestNs;
    private int stepsInRead;
    private boolean hasBegun;

    /** Where one source publishes to. */
    public static final class Door {
        private final EventSink sink;

        private Door(EventSink sink) {
            this.sink = sink;
        }

        /** For the source's events. */
        public EventSink sink() {
            return sink;
        }

        private void begin() {
            if (sink instanceof GateSink gate) {
                gate.begin();
            }
        }

        void end(long timeNs) {
            if (sink instanceof GateSink gate) {
                gate.end(timeNs);
            }
        }
    }

    /**
     * A replay without sources.
     *
     * @param fromNs receive time before which nothing is handed on but definitions
     * @param log hears of all that is handed on
     * @param isOfOne whether there will be one source only
     */
    public MixedReplay(EventSink sink, InstrumentCatalogue catalogue, EventSelection selection,
            long fromNs, EventLog log, boolean isOfOne) {
        this.sink = sink;
        this.catalogue = catalogue;
        this.selection = selection;
        this.fromNs = fromNs;
        this.log = log;
        this.isOfOne = isOfOne;
        clock = new FeedClock(door().sink());
    }

    /** A door for a source that is to be added. */
    public Door door() {
        if (isOfOne && selection.isAll() && fromNs == 0 && log.equals(EventLog.NONE)) {
            return new Door(sink);
        }
        Door door = new Door(new GateSink(sink, new EventGate(catalogue, selection, fromNs,
                isOfOne ? null : tenure, doors.size()), log));
        doors.add(door);
        return door;
    }

    /** The one clock. */
    public FeedClock clock() {
        return clock;
    }

    /**
     * Adds a recording.
     *
     * @param recording closed with this replay
     * @param protocol publishes to {@code door}
     */
    public void add(RecordingReader recording, VenueProtocol protocol, Door door) {
        sources.add(new RecordingSource(recording, protocol, door));
    }

    /**
     * Adds a journal.
     *
     * @param tail closed with this replay
     * @param own the catalogue that the tail restores definitions into
     * @param lastSequence of the journal
     */
    public void add(JournalTail tail, InstrumentCatalogue own, Door door, long lastSequence) {
        sources.add(new JournalFeed(tail, own, catalogue, door, lastSequence));
    }

    /**
     * Replays up to, but without, what was received at {@code toNs}.
     *
     * @param goOn asked before every step; false ends the replay early
     */
    public void run(long toNs, Pacer pacer, BooleanSupplier goOn) throws IOException {
        List<ReplaySource> left = new ArrayList<>(sources);
        while (!left.isEmpty() && goOn.getAsBoolean()) {
            ReplaySource next = earliest(left);
            long nextNs = next.nextTimeNs();
            if (nextNs == ReplaySource.END) {
                left.remove(next);
                if (!left.isEmpty()) {
                    next.end(latestNs);
                }
                continue;
            }
            long timeNs = Math.max(nextNs, latestNs);
            if (timeNs >= toNs) {
                break;
            }
            latestNs = timeNs;
            if (timeNs >= fromNs) {
                begin();
                pacer.await(timeNs);
            }
            clock.advance(timeNs);
            next.step(timeNs);
            endOfRead(pacer);
        }
        sink.endOfRead();
    }

    private void begin() {
        if (!hasBegun) {
            hasBegun = true;
            doors.forEach(Door::begin);
        }
    }

    /** One that has ended comes first, so that its instruments are free for the others. */
    private static ReplaySource earliest(List<ReplaySource> left) throws IOException {
        ReplaySource earliest = left.getFirst();
        for (ReplaySource source : left) {
            long timeNs = source.nextTimeNs();
            if (timeNs == ReplaySource.END) {
                return source;
            }
            if (timeNs < earliest.nextTimeNs()) {
                earliest = source;
            }
        }
        return earliest;
    }

    private void endOfRead(Pacer pacer) {
        stepsInRead++;
        if (pacer.isPaced() || stepsInRead >= STEPS_PER_READ) {
            stepsInRead = 0;
            sink.endOfRead();
        }
    }

    /** Bytes of recordings and events of journals that were read. */
    public long done() {
        return sources.stream().mapToLong(ReplaySource::bytesRead).sum();
    }

    /** Bytes of recordings and events of journals that there are. */
    public long total() {
        return sources.stream().mapToLong(ReplaySource::bytes).sum();
    }

    /** How many events of an instrument were left out because another source had it, by name. */
    public Map<String, Long> leftOut() {
        return tenure.leftOut();
    }

    @Override
    public void close() throws IOException {
        for (ReplaySource source : sources) {
            source.close();
        }
    }
}
