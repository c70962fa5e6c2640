package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Asks for missing trades at a bounded pace: instruments take turns, each has one request under way
 * at most, and one that was in vain is repeated at growing distances until it is given up. Live data
 * is never waited with: what is fetched is published behind it, and takes its place in the tape by
 * its id or time.
 *
 * <p>Threads: the feed thread.
 *
 * @param <I> what the venue keeps of an instrument
 */
public abstract class TradeRepair<I extends InstrumentFeed> {
    /** How missing trades get into the tape. */
    protected final FeedEvents events;
    private final RepairSettings settings;
    private final VenueTransport transport;
    private final CounterBlock counters;
    private int outstanding;
    private int turn;
    private long nextRequestNs;

    /** A repair that has nothing to do. */
    protected TradeRepair(RepairSettings settings, FeedEvents events, VenueTransport transport,
            CounterBlock counters) {
        this.settings = settings;
        this.events = events;
        this.transport = transport;
        this.counters = counters;
    }

    /** Asks for what is due. */
    public final void timePassed(List<I> instruments) {
        long now = events.receiveTimeNs();
        for (int i = 0; i < instruments.size(); i++) {
            I instrument = instruments.get(i);
            if (instrument.repairAskedNs != 0
                    && now - instrument.repairAskedNs >= settings.timeoutNs()) {
                failed(instrument);
            }
            watch(instrument);
        }
        for (int i = 0; i < instruments.size() && outstanding < settings.outstanding()
                && now >= nextRequestNs; i++) {
            turn = (turn + 1) % instruments.size();
            ask(instruments.get(turn), now);
        }
    }

    private void ask(I instrument, long now) {
        if (instrument.repairAskedNs != 0 || !isWanted(instrument)) {
            return;
        }
        if (instrument.repairDueNs == 0) {
            instrument.repairDueNs = now + settings.delayNs();
        }
        if (now < instrument.repairDueNs) {
            return;
        }
        String request = request(instrument);
        if (request != null) {
            instrument.repairAskedNs = now;
            outstanding++;
            nextRequestNs = now + settings.spacingNs();
            counters.increment(Counter.REPAIR_REQUESTS);
            transport.httpGet(request);
        }
    }

    /**
     * Takes an answer, whoever asked for it: a recording repeats those of the feed it was made from.
     *
     * @return what is wrong with it, or null
     */
    public final @Nullable String answered(I instrument, String url, long address, int length) {
        ended(instrument);
        String problem = take(instrument, url, address, length);
        if (problem != null) {
            missed(instrument);
        }
        return problem;
    }

    /** A request has come to nothing. */
    public final void failed(I instrument) {
        ended(instrument);
        missed(instrument);
    }

    /** Forgets the requests of a feed whose connection has ended; the gaps stay. */
    public final void disconnected(List<I> instruments) {
        for (int i = 0; i < instruments.size(); i++) {
            ended(instruments.get(i));
            instruments.get(i).repairDueNs = 0;
        }
    }

    private void ended(I instrument) {
        if (instrument.repairAskedNs != 0) {
            instrument.repairAskedNs = 0;
            outstanding--;
        }
    }

    /** Says that an answer has brought what is missing, or some of it: the rest is asked for next. */
    protected final void advanced(I instrument) {
        instrument.repairDueNs = isWanted(instrument) ? events.receiveTimeNs() : 0;
    }

    /** Says that an answer has brought nothing: it is asked for again later, or given up. */
    protected final void missed(I instrument) {
        if (!isWanted(instrument)) {
            instrument.repairDueNs = 0;
            return;
        }
        int attempted = countAttempt(instrument);
        if (attempted < settings.attempts()) {
            instrument.repairDueNs = events.receiveTimeNs() + settings.delayNs(attempted);
            return;
        }
        gaveUp(instrument);
    }

    /** Gives up what was asked for: it stays declared missing. */
    protected final void gaveUp(I instrument) {
        giveUp(instrument);
        counters.increment(Counter.REPAIRS_GIVEN_UP);
        instrument.repairDueNs = 0;
    }

    /** Looks after an instrument as time passes. */
    protected void watch(I instrument) {}

    /** Whether anything is missing that can be asked for. */
    protected abstract boolean isWanted(I instrument);

    /** Path and query that ask for what is missing; null if it cannot be said now. */
    protected abstract @Nullable String request(I instrument);

    /**
     * Publishes of an answer what is missing, and says {@link #advanced} or {@link #missed}.
     *
     * @return what is wrong with it, or null; then neither was said
     */
    protected abstract @Nullable String take(I instrument, String url, long address, int length);

    /** Counts that what is missing was asked for in vain, and says how often it was. */
    protected abstract int countAttempt(I instrument);

    /** Forgets what was asked for. */
    protected abstract void giveUp(I instrument);
}
