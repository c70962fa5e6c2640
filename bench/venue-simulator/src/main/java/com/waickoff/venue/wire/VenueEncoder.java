package com.waickoff.venue.wire;

import com.waickoff.venue.market.EarliestFirst;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketListener;
import com.waickoff.venue.market.SeededRandom;
import com.waickoff.venue.market.SyntheticMarket;
import java.util.List;

/**
 * One connection to a venue: hears the markets and tells them as the venue would. What a venue does
 * by the clock (book updates, tickers, pings) is kept as one due time for each task and instrument.
 *
 * <p>Every frame gets a receive time: when it was sent, plus a way of some ms that now and then
 * takes longer, never before the frame in front. Not thread safe.
 */
public abstract sealed class VenueEncoder implements MarketListener
        permits BybitEncoder, BinanceEncoder {
    static final long NANOS_PER_MS = 1_000_000;
    static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int WAY_NS = 3_000_000;
    private static final int JITTER_NS = 2_000_000;
    private static final int HICCUP_NS = 40_000_000;

    /** What a venue does at a time of its own. */
    enum Task {
        FLUSH_TRADES, PUSH_BOOK, SNAPSHOT, DELIVER_ANSWER, TICKER, PING, PUSH_OTHER_BOOKS
    }

    private static final Task[] TASK = Task.values();
    private static final int TASKS = TASK.length;

    final Frame frame = new Frame();
    final WireSettings settings;
    final SeededRandom random;
    private final List<Listing> listings;
    private final List<SyntheticMarket> markets;
    private final FrameListener listener;
    private final EarliestFirst due;
    private final int[] priceDecimals;
    private final int[] lotDecimals;
    private final long[] unitsPerTick;
    private final long[] unitsPerLot;
    private long lastReceiveNs;
    private long frames;
    private boolean closing;

    /**
     * @param markets filled by the caller before {@link #open}: the markets need this encoder as
     *        their listener
     * @param decimals decimals of all prices and quantities, or -1 for those of tick and lot size
     */
    VenueEncoder(List<Listing> listings, List<SyntheticMarket> markets, WireSettings settings,
            long seed, int decimals, FrameListener listener) {
        int count = listings.size();
        this.listings = List.copyOf(listings);
        this.markets = markets;
        this.settings = settings;
        this.random = SeededRandom.of(seed, -1);
        this.listener = listener;
        this.due = new EarliestFirst(count * TASKS);
        this.priceDecimals = new int[count];
        this.lotDecimals = new int[count];
        this.unitsPerTick = new long[count];
        this.unitsPerLot = new long[count];
        for (int i = 0; i < count; i++) {
            Listing listing = listings.get(i);
            priceDecimals[i] = decimals < 0 ? listing.tick().scale() : decimals;
            lotDecimals[i] = decimals < 0 ? listing.lot().scale() : decimals;
            unitsPerTick[i] = listing.tick().scaleByPowerOfTen(priceDecimals[i]).longValueExact();
            unitsPerLot[i] = listing.lot().scaleByPowerOfTen(lotDecimals[i]).longValueExact();
        }
    }

    /** Connects and subscribes; the markets must stand. */
    public final void open(long timeNs) {
        lastReceiveNs = timeNs;
        subscribe(timeNs);
    }

    /** When {@link #runTasks} has something to do next, ns since the epoch. */
    public final long nextTaskNs() {
        return due.firstTime();
    }

    /** Does what is due by a time, in the order it is due. */
    public final void runTasks(long timeNs) {
        while (due.firstTime() <= timeNs) {
            int earliest = due.first();
            long dueNs = due.firstTime();
            due.set(earliest, EarliestFirst.NEVER);
            run(TASK[earliest % TASKS], earliest / TASKS, dueNs);
        }
    }

    /** Sends what is held back, so that the recording ends with the markets as they are. */
    public final void close(long timeNs) {
        closing = true;
        for (int instrument = 0; instrument < instruments(); instrument++) {
            run(Task.FLUSH_TRADES, instrument, timeNs);
            run(Task.PUSH_BOOK, instrument, timeNs);
        }
    }

    /** Number of items sent so far, the client's own included. */
    public final long frames() {
        return frames;
    }

    abstract void subscribe(long timeNs);

    abstract void run(Task task, int instrument, long timeNs);

    final void schedule(Task task, int instrument, long timeNs) {
        due.set(instrument * TASKS + task.ordinal(), timeNs);
    }

    /** A frame that left the venue at a time. */
    final void receive(Frame sent, long timeNs) {
        long way = WAY_NS + (long) random.below(JITTER_NS);
        if (random.below(4_000) == 0) {
            way += random.below(HICCUP_NS);
        }
        // Frames of one read are a µs apart or less.
        lastReceiveNs = Math.max(lastReceiveNs + 200 + random.below(1_000), timeNs + way);
        pass(sent.receiveTimeNs(lastReceiveNs));
    }

    /** Something the client itself did, now. */
    final void record(Frame done, long timeNs) {
        lastReceiveNs = Math.max(lastReceiveNs + 1, timeNs);
        pass(done.receiveTimeNs(lastReceiveNs));
    }

    /** Whether what is held back must go out now, due or not. */
    final boolean isClosing() {
        return closing;
    }

    final int instruments() {
        return listings.size();
    }

    final Listing listing(int instrument) {
        return listings.get(instrument);
    }

    final SyntheticMarket market(int instrument) {
        return markets.get(instrument);
    }

    final void appendPrice(WireText text, int instrument, long priceTicks) {
        text.appendDecimal(priceTicks * unitsPerTick[instrument], priceDecimals[instrument]);
    }

    final void appendLots(WireText text, int instrument, long lots) {
        text.appendDecimal(lots * unitsPerLot[instrument], lotDecimals[instrument]);
    }

    private void pass(Frame item) {
        frames++;
        listener.onFrame(item);
    }
}
