package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.ArrayList;
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
    private final List<I> formers = new ArrayList<>(); // under other ids by now
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
        expire(instruments, now);
        expire(formers, now);
        forgetWhole();
        int count = instruments.size() + formers.size();
        for (int i = 0; i < count && outstanding < settings.outstanding()
                && now >= nextRequestNs; i++) {
            turn = (turn + 1) % count;
            ask(turn < instruments.size() ? instruments.get(turn)
                    : formers.get(turn - instruments.size()), instruments, now);
        }
    }

    private void expire(List<I> instruments, long now) {
        for (int i = 0; i < instruments.size(); i++) {
            I instrument = instruments.get(i);
            if (instrument.repairAskedNs != 0
                    && now - instrument.repairAskedNs >= settings.timeoutNs()) {
                failed(instrument);
            }
            watch(instrument);
        }
    }

    /** Goes on with what is missing of an instrument that has another definition now. */
    final void retire(I former) {
        if (isWanted(former)) {
            formers.add(former);
        } else {
            ended(former);
        }
    }

    private void forgetWhole() {
        for (int i = formers.size() - 1; i >= 0; i--) {
            if (formers.get(i).repairAskedNs == 0 && !isWanted(formers.get(i))) {
                formers.remove(i);
            }
        }
    }

    /** An answer tells no more than its symbol: one is asked for at a time. */
    private boolean isAsked(String symbol, List<I> instruments) {
        boolean isAsked = false;
        for (int i = 0; i < formers.size(); i++) {
            isAsked |= formers.get(i).repairAskedNs != 0
                    && formers.get(i).definition().symbol().equals(symbol);
        }
        for (int i = 0; !formers.isEmpty() && i < instruments.size(); i++) {
            isAsked |= instruments.get(i).repairAskedNs != 0
                    && instruments.get(i).definition().symbol().equals(symbol);
        }
        return isAsked;
    }

    private void ask(I instrument, List<I> instruments, long now) {
        if (instrument.repairAskedNs != 0 || !isWanted(instrument)
                || isAsked(instrument.definition().symbol(), instruments)) {
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
     * @param instrument whose symbol it is about, as it is defined now
     * @return what is wrong with it, or null
     */
    public final @Nullable String answered(I instrument, String url, long address, int length) {
        String problem = null;
        boolean isAnswered = false;
        for (int i = 0; i < formers.size(); i++) {
            I former = formers.get(i);
            boolean isAsker = former.repairAskedNs != 0;
            if (isOf(former, instrument) && (isAsker || instrument.repairAskedNs == 0)) {
                problem = take(former, url, address, length, problem);
                isAnswered |= isAsker;
            }
        }
        return isAnswered ? problem : take(instrument, url, address, length, problem);
    }

    private @Nullable String take(I instrument, String url, long address, int length,
            @Nullable String before) {
        ended(instrument);
        String problem = take(instrument, url, address, length);
        if (problem != null) {
            missed(instrument);
        }
        return problem == null ? before : problem;
    }

    private boolean isOf(I former, I instrument) {
        return former.definition().symbol().equals(instrument.definition().symbol());
    }

    /** A request about an instrument, or one it has replaced, has come to nothing. */
    public final void unanswered(I instrument) {
        I asker = instrument;
        for (int i = 0; i < formers.size(); i++) {
            if (formers.get(i).repairAskedNs != 0 && isOf(formers.get(i), instrument)) {
                asker = formers.get(i);
            }
        }
        failed(asker);
    }

    private void failed(I instrument) {
        ended(instrument);
        missed(instrument);
    }

    /** Forgets the requests of a feed whose connection has ended; the gaps stay. */
    public final void disconnected(List<I> instruments) {
        forget(instruments);
        forget(formers);
    }

    private void forget(List<I> instruments) {
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
