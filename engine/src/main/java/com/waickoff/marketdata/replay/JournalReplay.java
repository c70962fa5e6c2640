package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.journal.JournalTail;
import java.util.function.BooleanSupplier;

/**
 * Hands the events of a journal to handlers, whose definitions may stand only at the head of a
 * cycle: an instrument is announced before its first event either way. So is the lack of book
 * levels that were removed from the journal.
 *
 * <p>Threads: one.
 */
public final class JournalReplay implements MarketEventHandler {
    private static final int EVENTS_PER_POLL = 4096;

    private final InstrumentCatalogue catalogue;
    private final MarketEventHandler target;
    private final Pacer pacer;
    private final long fromNs;
    private final long toNs;
    private final MarketEvent announcement = new MarketEvent();
    private int announced;
    private long depthFrom;
    private boolean isDepthAnnouncedPaused;
    private long events;
    private boolean ended;

    /**
     * A replay of what was received from {@code fromNs} up to, but without, {@code toNs}.
     *
     * @param catalogue the one the tail restores definitions into
     */
    public JournalReplay(InstrumentCatalogue catalogue, MarketEventHandler target, Pacer pacer,
            long fromNs, long toNs) {
        this.catalogue = catalogue;
        this.target = target;
        this.pacer = pacer;
        this.fromNs = fromNs;
        this.toNs = toNs;
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
        if (ended) {
            return;
        }
        if (event.receiveTimeNs() < fromNs) {
            event.header(EventKind.NONE, 0, MarketEvent.ALL_INSTRUMENTS, 0, 0);
        } else {
            pacer.await(event.receiveTimeNs());
            events++;
        }
        target.onEvent(event, sequence, endOfBatch);
    }

    private void announceSlowPath(long receiveTimeNs, long sequence) {
        while (announced < catalogue.count()) {
            announcement.instrument(announced, receiveTimeNs);
            target.onEvent(announcement, sequence, false);
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
        target.onEvent(announcement, sequence, false);
    }

    /** Events handed on so far. */
    public long events() {
        return events;
    }
}
