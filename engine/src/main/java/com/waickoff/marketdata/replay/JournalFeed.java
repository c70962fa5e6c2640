package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.journal.JournalTail;
import java.util.ArrayList;
import java.util.List;

/**
 * Publishes the events of a journal anew, batch by batch, as instruments of the catalogue of this
 * replay. The journal's own clock only tells the time; its own sequences are left behind.
 *
 * <p>Threads: the feed thread.
 */
final class JournalFeed implements ReplaySource {
    private final JournalTail tail;
    private final InstrumentCatalogue own;
    private final InstrumentCatalogue shared;
    private final MixedReplay.Door door;
    private final long lastSequence;
    private final List<Integer> sharedIds = new ArrayList<>();
    private final List<MarketEvent> batch = new ArrayList<>();
    private int count;
    private boolean isComplete;
    private boolean hasEnded;
    /** Whether levels of this moment were removed from the journal. */
    private boolean isDepthMissing;
    private boolean isDepthPaused;

    /**
     * The source of what a tail reads.
     *
     * @param own the catalogue that the tail restores definitions into
     * @param shared that of the replay
     * @param lastSequence of the journal
     */
    JournalFeed(JournalTail tail, InstrumentCatalogue own, InstrumentCatalogue shared,
            MixedReplay.Door door, long lastSequence) {
        this.tail = tail;
        this.own = own;
        this.shared = shared;
        this.door = door;
        this.lastSequence = lastSequence;
    }

    @Override
    public long nextTimeNs() {
        if (count == 0 && !hasEnded) {
            isComplete = false;
            while (!isComplete && tail.poll(this::keep, 1) > 0) {
                // A batch may stand in several documents.
            }
            hasEnded = count == 0;
        }
        return hasEnded ? END : batch.getFirst().receiveTimeNs();
    }

    private void keep(MarketEvent event, long sequence, boolean endOfBatch) {
        if (count == batch.size()) {
            batch.add(new MarketEvent());
        }
        if (count == 0) {
            isDepthMissing = sequence < tail.depthFrom();
        }
        batch.get(count++).copyFrom(event);
        boolean isOfMany = event.kind() == EventKind.TRADE || event.kind() == EventKind.BOOK_LEVEL;
        isComplete = !isOfMany || event.has(EventFlags.LAST);
    }

    @Override
    public void step(long timeNs) {
        EventSink sink = door.sink();
        announce(sink, timeNs);
        if (isDepthMissing != isDepthPaused) {
            isDepthPaused = isDepthMissing;
            sink.next().header(
                    isDepthMissing ? EventKind.DEPTH_PAUSED : EventKind.DEPTH_RESUMED, 0,
                    MarketEvent.ALL_INSTRUMENTS, 0, timeNs);
            sink.commit();
        }
        for (int i = 0; i < count; i++) {
            publish(batch.get(i), timeNs, sink);
        }
        sink.commit();
        count = 0;
    }

    private void publish(MarketEvent event, long timeNs, EventSink sink) {
        if (event.kind() == EventKind.CLOCK || event.kind() == EventKind.INSTRUMENT) {
            return; // The one clock of the replay has told the time; definitions are announced.
        }
        int id = event.instrumentId();
        MarketEvent slot = sink.next();
        slot.header(event.kind(), event.flags(),
                id == MarketEvent.ALL_INSTRUMENTS ? id : sharedIds.get(id), event.matchTimeNs(),
                timeNs);
        slot.words(event.word0(), event.word1(), event.word2(), event.word3());
    }

    /** Definitions may stand at the head of a cycle only: they precede what needs them either way. */
    private void announce(EventSink sink, long timeNs) {
        while (sharedIds.size() < own.count()) {
            Instrument definition = own.get(sharedIds.size());
            int id = shared.all().stream().filter(definition::sameDefinition)
                    .mapToInt(Instrument::id).findFirst()
                    .orElseGet(() -> shared.define(definition).id());
            sharedIds.add(id);
            sink.next().instrument(id, timeNs);
            sink.commit();
        }
    }

    @Override
    public void end(long timeNs) {
        door.end(timeNs);
    }

    @Override
    public long bytesRead() {
        return Math.max(0, tail.nextSequence() - 1);
    }

    @Override
    public long bytes() {
        return lastSequence;
    }

    @Override
    public void close() {
        tail.close();
    }
}
