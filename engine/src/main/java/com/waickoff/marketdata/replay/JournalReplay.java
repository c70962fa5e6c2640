package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.journal.JournalTail;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of a journal to handlers, under the sequences that they have there. Definitions
 * may stand only at the head of a cycle: an instrument is announced before its first event either
 * way. So is the lack of book levels that were removed from the journal.
 *
 * <p>Threads: one.
 */
public final class JournalReplay implements MarketEventHandler {
    private static final int EVENTS_PER_POLL = 4096;

    private final InstrumentCatalogue catalogue;
    private final MarketEventHandler target;
    private final Pacer pacer;
    private final EventSelection selection;
    private final long fromNs;
    private final long toNs;
    private final EventLog log;
    private final @Nullable EventGate gate;
    private final MarketEvent announcement = new MarketEvent();
    private final MarketEvent nothing = new MarketEvent();
    private final Passed passed = new Passed();
    private int announced;
    private long depthFrom;
    private boolean isDepthAnnouncedPaused;
    private long events;
    private boolean ended;

    /**
     * A replay of everything at once.
     *
     * @param catalogue the one the tail restores definitions into
     */
    public JournalReplay(InstrumentCatalogue catalogue, MarketEventHandler target) {
        this(catalogue, target, Pacer.NONE, 0, Long.MAX_VALUE);
    }

    /**
     * A replay of what was received from {@code fromNs} up to, but without, {@code toNs}.
     *
     * @param catalogue the one the tail restores definitions into
     */
    public JournalReplay(InstrumentCatalogue catalogue, MarketEventHandler target, Pacer pacer,
            long fromNs, long toNs) {
        this(catalogue, target, pacer, EventSelection.ALL, fromNs, toNs, EventLog.NONE);
    }

    /**
     * The same of a part of the events.
     *
     * @param log hears of all that is handed on
     */
    public JournalReplay(InstrumentCatalogue catalogue, MarketEventHandler target, Pacer pacer,
            EventSelection selection, long fromNs, long toNs, EventLog log) {
        this.catalogue = catalogue;
        this.target = target;
        this.pacer = pacer;
        this.selection = selection;
        this.fromNs = fromNs;
        this.toNs = toNs;
        this.log = log;
        gate = selection.isAll() && fromNs == 0 && log.equals(EventLog.NONE) ? null
                : new EventGate(catalogue, selection, fromNs, null, 0);
        nothing.header(EventKind.NONE, 0, MarketEvent.ALL_INSTRUMENTS, 0, 0);
    }

    /**
     * Replays what the journal holds now.
     *
     * @param goOn asked every few thousand events; false ends the replay early
     */
    public void run(JournalTail tail, BooleanSupplier goOn) {
        begin(tail);
        while (!ended && goOn.getAsBoolean()) {
            if (tail.poll(this, pacer.isPaced() ? 1 : EVENTS_PER_POLL) == 0) {
                return;
            }
        }
    }

    /** Heeds what was removed from the journal by now; for who polls the tail himself. */
    public void begin(JournalTail tail) {
        depthFrom = tail.depthFrom();
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        if (announced < catalogue.count()) {
            announceSlowPath(event.receiveTimeNs(), sequence);
        }
        if (isDepthAnnouncedPaused != sequence < depthFrom) {
            announceDepthSlowPath(event.receiveTimeNs(), sequence);
        }
        ended |= event.receiveTimeNs() >= toNs;
        if (!ended && gate == null) {
            pacer.await(event.receiveTimeNs());
            events++;
            target.onEvent(event, sequence, endOfBatch);
        } else {
            onEventSlowPath(event, sequence, endOfBatch);
        }
    }

    private void onEventSlowPath(MarketEvent event, long sequence, boolean endOfBatch) {
        if (!ended && gate != null) {
            if (event.receiveTimeNs() >= fromNs) {
                pacer.await(event.receiveTimeNs());
            }
            passed.sequence = sequence;
            gate.onEvent(event, passed);
        }
        if (endOfBatch) {
            target.onEvent(nothing, sequence, true);
        }
    }

    private void announceSlowPath(long receiveTimeNs, long sequence) {
        while (announced < catalogue.count()) {
            if (selection.wants(catalogue.get(announced))) {
                announcement.instrument(announced, receiveTimeNs);
                target.onEvent(announcement, sequence, false);
            }
            announced++;
        }
    }

    /** Where levels were removed, handlers hear what the journal would say had they been left out. */
    private void announceDepthSlowPath(long receiveTimeNs, long sequence) {
        isDepthAnnouncedPaused = sequence < depthFrom;
        announcement.header(
                isDepthAnnouncedPaused ? EventKind.DEPTH_PAUSED : EventKind.DEPTH_RESUMED, 0,
                MarketEvent.ALL_INSTRUMENTS, 0, receiveTimeNs);
        announcement.words(0, 0, 0, 0);
        if (gate == null) {
            target.onEvent(announcement, sequence, false);
        } else {
            passed.sequence = sequence;
            gate.onEvent(announcement, passed);
        }
    }

    /** Where the gate hands on to. The journal's own batches decide what is shown when. */
    private final class Passed implements JoinedState.Output {
        private long sequence;

        @Override
        public void accept(MarketEvent event) {
            events++;
            log.onEvent(event, sequence);
            target.onEvent(event, sequence, false);
        }

        @Override
        public void endOfBatch() {
            // Nothing waits for it.
        }
    }

    /** Events handed on so far. */
    public long events() {
        return events;
    }
}
