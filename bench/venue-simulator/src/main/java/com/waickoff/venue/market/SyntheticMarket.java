package com.waickoff.venue.market;

/**
 * One instrument's market: orders come, rest, are cancelled and taken, one action at a time.
 *
 * <p>A fair price walks: around an anchor that trends in legs and balances between them. Takers and
 * quotes follow it, so the traded price lags behind it by a few ticks. Actions come at random
 * times, their rate by spells: quiet, everyday, burst. What the listener is told is the truth; the book is
 * never crossed and never empty on a side.
 *
 * <p>Memory is bounded by the reach of the book. Not thread safe.
 */
public final class SyntheticMarket {
    private static final double NANOS = 1e9;
    private static final int MOST_LEVELS_TAKEN = 40;
    private static final int MOST_FILLS_A_LEVEL = 8;

    private static final double QUIET_FACTOR = 0.4;
    private static final double QUIET_SECONDS = 15;
    private static final double EVERYDAY_SECONDS = 30;
    private static final double BURST_SECONDS = 0.8;
    private static final double QUIET_AFTER_EVERYDAY = 0.35;
    private static final double QUIET_AFTER_BURST = 0.2;

    private enum Spell {
        QUIET, EVERYDAY, BURST
    }

    private final int instrument;
    private final Listing listing;
    private final MarketSettings settings;
    private final MarketListener listener;
    private final SeededRandom random;
    private final PriceLadder book;
    private final double everydayRate;
    private final double ticksPerAction;
    private final long lowestAnchor;

    private Spell spell = Spell.EVERYDAY;
    private long spellEndNs;
    private long legEndNs;
    private double anchorTicksPerNano;
    private double anchor;
    private double fair;
    private long timeNs;
    private long nextTimeNs;
    private long actions;
    private long thinnedBid;
    private long thinnedAsk;

    /**
     * @param instrument the number under which the listener hears of this market
     * @param startNs ns since the epoch
     * @throws IllegalArgumentException if the price is too low for the reach of the book
     */
    public SyntheticMarket(int instrument, Listing listing, MarketSettings settings, long seed,
            long startNs, MarketListener listener) {
        long startTicks = listing.startTicks();
        this.lowestAnchor = 2L * settings.reachTicks();
        if (startTicks < lowestAnchor) {
            throw new IllegalArgumentException("the price of " + listing.symbol() + " must be at"
                    + " least " + lowestAnchor + " ticks, twice the reach of the book: "
                    + startTicks);
        }
        this.instrument = instrument;
        this.listing = listing;
        this.settings = settings;
        this.listener = listener;
        this.random = SeededRandom.of(seed, instrument);
        this.everydayRate = settings.actionsPerSecond() / meanFactor(settings.burstFactor());
        this.ticksPerAction = settings.volatilityTicks()
                / StrictMath.sqrt(settings.actionsPerSecond());
        this.anchor = startTicks;
        this.fair = startTicks;
        this.timeNs = startNs;
        this.book = new PriceLadder(4 * settings.reachTicks(), startTicks, restingLots(0, 0),
                startTicks + 1, restingLots(0, 1));
        this.thinnedBid = book.bestBid();
        this.thinnedAsk = book.bestAsk();
        fillBook();
        this.spellEndNs = startNs + nanos(EVERYDAY_SECONDS);
        this.legEndNs = startNs + nanos(settings.legSeconds() / 2);
        this.nextTimeNs = startNs + 1 + (long) random.exponential(NANOS / everydayRate);
    }

    public Listing listing() {
        return listing;
    }

    /** The true book; it changes with every step. */
    public PriceLadder book() {
        return book;
    }

    /** When the next action happens, ns since the epoch. */
    public long nextTimeNs() {
        return nextTimeNs;
    }

    /** Number of actions so far. */
    public long actions() {
        return actions;
    }

    /** Plays the next action. */
    public void step() {
        long elapsedNs = nextTimeNs - timeNs;
        timeNs = nextTimeNs;
        actions++;
        moveFairPrice(elapsedNs);
        if (random.chance(settings.takerShare())) {
            take();
        } else if (book.bestAsk() - book.bestBid() > 1 && random.chance(0.6)) {
            improve();
        } else {
            requote();
        }
        pullFarOrders(true);
        pullFarOrders(false);
        listener.onActionEnd(instrument, timeNs);
        nextTimeNs = timeNs + 1 + (long) random.exponential(NANOS / (everydayRate * factor()));
    }

    private static double meanFactor(double burstFactor) {
        // One everyday spell is followed by this many bursts and quiet spells.
        double bursts = 1 - QUIET_AFTER_EVERYDAY;
        double quiets = QUIET_AFTER_EVERYDAY + bursts * QUIET_AFTER_BURST;
        double seconds = EVERYDAY_SECONDS + quiets * QUIET_SECONDS + bursts * BURST_SECONDS;
        return (EVERYDAY_SECONDS + quiets * QUIET_SECONDS * QUIET_FACTOR
                + bursts * BURST_SECONDS * burstFactor) / seconds;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * NANOS);
    }

    private double factor() {
        while (timeNs >= spellEndNs) {
            spell = switch (spell) {
                case QUIET -> Spell.EVERYDAY;
                case EVERYDAY ->
                    random.chance(QUIET_AFTER_EVERYDAY) ? Spell.QUIET : Spell.BURST;
                case BURST -> random.chance(QUIET_AFTER_BURST) ? Spell.QUIET : Spell.EVERYDAY;
            };
            spellEndNs += 1 + nanos(random.exponential(switch (spell) {
                case QUIET -> QUIET_SECONDS;
                case EVERYDAY -> EVERYDAY_SECONDS;
                case BURST -> BURST_SECONDS;
            }));
        }
        return switch (spell) {
            case QUIET -> QUIET_FACTOR;
            case EVERYDAY -> 1;
            case BURST -> settings.burstFactor();
        };
    }

    private void moveFairPrice(long elapsedNs) {
        while (timeNs >= legEndNs) {
            double trend = settings.trendTicksPerSecond() / NANOS;
            anchorTicksPerNano = switch (random.below(4)) {
                case 0, 1 -> 0;
                case 2 -> trend;
                default -> -trend;
            };
            legEndNs += nanos(settings.legSeconds() * (0.5 + random.nextDouble()));
        }
        if (anchor < lowestAnchor) {
            anchorTicksPerNano = Math.abs(anchorTicksPerNano);
        }
        anchor += anchorTicksPerNano * elapsedNs;
        // The walk is by actions, not by time: it is fast where trading is.
        fair += Math.min(1, settings.reversionPerSecond() * elapsedNs / NANOS) * (anchor - fair)
                + ticksPerAction * random.gaussian();
        fair = Math.max(fair, (double) lowestAnchor);
    }

    /** Ticks by which the fair price is above the middle of the spread. */
    private double lead() {
        return fair - (book.bestBid() + book.bestAsk()) / 2.0;
    }

    private void take() {
        double lead = lead();
        boolean buy = random.chance(0.5 + 0.42 * Math.clamp(lead / 6, -1, 1));
        long wanted = 1 + (long) (listing.typicalLots() * random.nextDouble()
                * random.heavyTailed(150));
        if (random.chance(settings.blockShare())) {
            listener.onTrade(instrument, timeNs, actions, buy, true,
                    buy ? book.bestAsk() : book.bestBid(), 50 * wanted);
            return;
        }
        // Whoever knows better takes all there is up to the fair price.
        boolean informed = (buy ? lead : -lead) > 2 && random.chance(0.6);
        int mostLevels = informed ? MOST_LEVELS_TAKEN : 1 + random.below(6);
        double limit = informed ? fair : (buy ? Double.MAX_VALUE : 0);
        boolean bidSide = !buy;
        for (int i = 0; i < mostLevels && (wanted > 0 || informed); i++) {
            long price = bidSide ? book.bestBid() : book.bestAsk();
            long resting = book.lots(bidSide, price);
            boolean last = book.levels(bidSide) == 1;
            long most = last ? resting - 1 : resting;
            boolean beyond = buy ? price > limit : price < limit;
            if (most < 1 || (beyond && i > 0)) {
                return;
            }
            long taken = informed ? most : Math.min(wanted, most);
            fill(buy, price, taken);
            change(bidSide, price, resting - taken);
            wanted -= taken;
        }
    }

    private void fill(boolean buy, long price, long lots) {
        long left = lots;
        for (int i = 1; left > 0; i++) {
            boolean rest = left == 1 || i == MOST_FILLS_A_LEVEL || random.chance(0.75);
            long part = rest ? left : 1 + (long) (random.nextDouble() * (left - 1));
            listener.onTrade(instrument, timeNs, actions, buy, false, price, part);
            left -= part;
        }
    }

    private void improve() {
        double lead = lead();
        boolean bid = random.chance(0.5 + 0.45 * Math.clamp(lead / 3, -1, 1));
        int room = (int) (book.bestAsk() - book.bestBid() - 1);
        int step = 1 + random.below(Math.min(room, 4 + room / 3));
        long price = bid ? book.bestBid() + step : book.bestAsk() - step;
        if (book.accepts(bid, price)) {
            change(bid, price, restingLots(0, price));
        }
    }

    private void requote() {
        boolean bid = (random.nextLong() & 1) == 0;
        int distance = distance();
        long price = bid ? book.bestBid() - distance : book.bestAsk() + distance;
        if (distance > settings.nearTicks()) {
            price -= Math.floorMod(price, settings.gridTicks());
        }
        if (!book.accepts(bid, price)) {
            return;
        }
        long resting = book.lots(bid, price);
        double lead = lead();
        double against = bid ? -lead : lead;
        boolean pull = distance == 0 ? against > 0.5 && random.chance(0.5) : random.chance(0.15);
        if (pull) {
            change(bid, price, 0);
        } else if (resting > 1 && random.chance(0.5)) {
            long part = 1 + (long) (random.nextDouble() * (resting >>> 1));
            change(bid, price, random.chance(0.5) ? resting - part : resting + part);
        } else {
            change(bid, price, restingLots(distance, price));
        }
    }

    /** Where orders are changed: mostly at the touch, some near it, a few far out. */
    private int distance() {
        double where = random.nextDouble();
        if (where < 0.45) {
            return random.below(1 + random.below(16));
        }
        int near = settings.nearTicks();
        return where < 0.85 ? random.below(near)
                : near + random.below(settings.reachTicks() - near);
    }

    private long restingLots(int distance, long price) {
        double depth = 6 + Math.min(distance, 60) / 6.0;
        double wall = price % 100 == 0 ? 4 : 1;
        return 1 + (long) (listing.typicalLots() * depth * wall * (0.05 + random.nextDouble())
                * random.heavyTailed(20));
    }

    private void fillBook() {
        for (int distance = 1; distance <= settings.reachTicks(); distance++) {
            fillLevel(true, book.bestBid() - distance, distance);
            fillLevel(false, book.bestAsk() + distance, distance);
        }
    }

    private void fillLevel(boolean bid, long price, int distance) {
        boolean onGrid = distance <= settings.nearTicks() || price % settings.gridTicks() == 0;
        if (onGrid && random.chance(0.85)) {
            book.set(bid, price, restingLots(distance, price));
        }
    }

    /** Keeps the book bounded: what the price has left behind is thinned out, then let go. */
    private void pullFarOrders(boolean bid) {
        long best = bid ? book.bestBid() : book.bestAsk();
        int outward = bid ? -1 : 1;
        long from = (bid ? thinnedBid : thinnedAsk) + (long) outward * settings.nearTicks();
        long to = best + (long) outward * settings.nearTicks();
        for (long price = from; (to - price) * outward < 0; price -= outward) {
            if (price % settings.gridTicks() != 0) {
                change(bid, price, 0);
            }
        }
        if (bid) {
            thinnedBid = best;
        } else {
            thinnedAsk = best;
        }
        while (Math.abs(best - book.farthest(bid)) > settings.reachTicks()) {
            change(bid, book.farthest(bid), 0);
        }
    }

    private void change(boolean bid, long price, long lots) {
        if (book.set(bid, price, lots)) {
            listener.onLevel(instrument, timeNs, bid, price, lots);
        }
    }
}
