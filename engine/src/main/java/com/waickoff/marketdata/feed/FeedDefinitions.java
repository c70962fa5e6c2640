package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.InstrumentState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the instruments of a feed are, and what follows when that changes: streams asked for, ended or
 * gone on with under another id.
 *
 * <p>Cold: allocates. Threads: the feed thread.
 *
 * @param <I> what the venue keeps of an instrument
 */
final class FeedDefinitions<I extends InstrumentFeed> implements InstrumentRefresh.Collected {
    private final VenueFeed<I> feed;
    private final FeedStreams<I> streams;
    private final InstrumentCatalogue catalogue;
    private final TradeChains chains;
    private final Map<String, Integer> places = new HashMap<>(); // of symbols
    private final List<I> unasked = new ArrayList<>(); // whose streams are to be asked for

    FeedDefinitions(VenueFeed<I> feed, FeedStreams<I> streams, FeedPorts ports) {
        this.feed = feed;
        this.streams = streams;
        this.catalogue = ports.catalogue();
        this.chains = ports.chains();
    }

    /**
     * Takes a definition. A changed one ends the instrument's feed under the old id and begins it
     * under a new one, with the same chain of trade ids. What was missing under the old id is asked
     * for on, and gets the old id when it comes.
     */
    void take(Instrument definition) {
        Instrument known = catalogue.define(fitting(definition));
        int index = indexOf(known.symbol());
        if (index < feed.instruments.size()) {
            I former = feed.instruments.get(index);
            if (former.id == known.id()) {
                return;
            }
            redefine(index, former, known);
        } else {
            I added = checked(feed.newInstrument(known, index));
            feed.place(added);
            feed.instruments.add(added);
            places.put(known.symbol(), index);
            if (feed.isConnected()) {
                unasked.add(added);
            }
        }
        if (feed.isConnected()) {
            publish(feed.instruments.get(index));
        }
    }

    /** The place of a symbol among the instruments; behind the last where it has none. */
    int indexOf(String symbol) {
        return places.getOrDefault(symbol, places.size());
    }

    /** A definition by which all can be told that the one before it could tell. */
    private Instrument fitting(Instrument definition) {
        Instrument former = catalogue.find(definition.venue(), definition.symbol());
        return former == null ? definition : definition.notCoarserThan(former);
    }

    private void redefine(int index, I former, Instrument known) {
        feed.events.bookDown(former, Reason.REDEFINED);
        feed.events.tapeDown(former, Reason.REDEFINED);
        chains.seed(known.id(), chains.lastId(former.id));
        I successor = checked(feed.newInstrument(known, index));
        successor.succeed(former);
        feed.instruments.set(index, successor);
        feed.repair().retire(former);
        feed.counters.increment(Counter.INSTRUMENTS_REDEFINED);
        if (unasked.remove(former)) {
            unasked.add(successor);
        } else {
            feed.redefined(former, successor);
        }
    }

    private I checked(I instrument) {
        if (feed.audit.isOn()) {
            instrument.check = new BookCheck();
        }
        return instrument;
    }

    /** Publishes the definitions that have not been. */
    void publish() {
        for (int i = 0; i < feed.instruments.size(); i++) {
            publish(feed.instruments.get(i));
        }
    }

    private void publish(I instrument) {
        if (!instrument.isDefined) {
            instrument.isDefined = true;
            feed.events.define(instrument);
        }
    }

    /** Asks for the streams of those who are new, on the links that are up; later ones ask anyway. */
    void subscribeUnasked() {
        for (int line = 0; !unasked.isEmpty() && line < feed.lines(); line++) {
            int onLink = feed.linkOf(line);
            List<I> wanted = new ArrayList<>();
            for (I instrument : unasked) {
                if (instrument.isOn(line) && !instrument.isSuspended()) {
                    wanted.add(instrument);
                }
            }
            if (onLink != VenueFeed.NO_LINK && !wanted.isEmpty()) {
                streams.subscribe(onLink, wanted);
            }
        }
        unasked.clear();
    }

    @Override
    public boolean isDefined(String symbol) {
        return indexOf(symbol) < feed.instruments.size();
    }

    @Override
    public boolean define(Instrument definition) {
        Instrument known = catalogue.find(definition.venue(), definition.symbol());
        boolean isKnown = known != null && known.sameDefinition(fitting(definition));
        if (!isKnown && catalogue.count() == catalogue.capacity()) {
            feed.counters.increment(Counter.INSTRUMENTS_REFUSED);
            return false;
        }
        take(definition);
        return true;
    }

    @Override
    public void state(String symbol, InstrumentState state) {
        int index = indexOf(symbol);
        if (index < feed.instruments.size()) {
            I instrument = feed.instruments.get(index);
            boolean wasSuspended = instrument.isSuspended();
            instrument.state = state;
            if (instrument.isSuspended() && !wasSuspended) {
                suspend(instrument);
            } else if (wasSuspended && !instrument.isSuspended() && feed.isConnected()) {
                unasked.add(instrument);
            }
        }
    }

    private void suspend(I instrument) {
        if (!unasked.remove(instrument)) {
            for (int line = 0; line < feed.lines(); line++) {
                for (int ofLine = 2 * line; ofLine <= 2 * line + 1; ofLine++) {
                    if (instrument.isOn(line) && feed.isUp(ofLine)) {
                        streams.unsubscribe(ofLine, instrument);
                    }
                }
            }
        }
        feed.events.bookDown(instrument, Reason.DELISTED);
        feed.events.tapeDown(instrument, Reason.DELISTED);
    }
}
