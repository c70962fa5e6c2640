package com.waickoff.marketdata.depth;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.snapshot.DepthBarsView;
import com.waickoff.marketdata.window.DepthBar;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.Watermark;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a book is like in windows of time, told slowly: sorted maps, a list of all that ever happened,
 * and sums over it by the definitions, in integers without bounds.
 */
final class SlowDepth {
    private static final BigInteger PPM = BigInteger.valueOf(1_000_000);
    private static final int[] TOPS = {5, 10, 20, 50};
    private static final int[] BANDS_BPS = {5, 10, 25, 50};
    private static final long MINUTE_US = 60_000_000;
    private static final int OFI_LEVELS = 5;

    final TreeMap<Long, Long> bids = new TreeMap<>(Comparator.reverseOrder());
    final TreeMap<Long, Long> asks = new TreeMap<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<Update> updates = new ArrayList<>();
    private final Watermark watermark = new Watermark();
    private final long tick;
    private final boolean windowed;
    private final int crossedBound;

    private long toldBid = Long.MAX_VALUE;
    private long toldAsk = Long.MIN_VALUE;
    private boolean joined;
    private boolean broken;
    private int crossed;
    private boolean interrupted;
    private long nowUs = -1;
    private long clockNs;

    /** A state of the book that lasted; times in µs. */
    private record Stretch(long fromUs, long toUs, Measures measures) {}

    /** What an update contributed to the order flow of each level. */
    private record Update(long atUs, List<BigInteger> flows) {}

    /** What is averaged; null sums where there is no mid. */
    private record Measures(boolean twoSided, BigInteger spread, BigInteger twiceMid,
            BigInteger bestPpm, List<BigInteger> imbalances, List<BigInteger> within,
            List<Boolean> reached) {}

    SlowDepth(long tick, boolean windowed, int crossedBound) {
        this.tick = tick;
        this.windowed = windowed;
        this.crossedBound = crossedBound;
    }

    boolean isSynced() {
        return joined && !broken && crossed == 0;
    }

    /** An update: what it does to the maps, and whether it replaces them. */
    void update(long matchNs, long receiveNs, boolean snapshot, Runnable change) {
        pass(timeUs(matchNs, receiveNs), true);
        boolean was = isSynced();
        List<Map.Entry<Long, Long>> bidsBefore = best(bids);
        List<Map.Entry<Long, Long>> asksBefore = best(asks);
        if (snapshot) {
            broken = false;
            crossed = 0;
        }
        change.run();
        if (snapshot) {
            toldBid = bids.isEmpty() ? Long.MAX_VALUE : bids.lastKey();
            toldAsk = asks.isEmpty() ? Long.MIN_VALUE : asks.lastKey();
        }
        checkCrossing();
        if (was && isSynced() && nowUs >= 0) {
            updates.add(new Update(nowUs, flows(bidsBefore, asksBefore)));
        }
    }

    void reset(long matchNs, long receiveNs, boolean cleared) {
        pass(timeUs(matchNs, receiveNs), false);
        joined = false;
        broken = false;
        crossed = 0;
        if (cleared) {
            bids.clear();
            asks.clear();
            toldBid = Long.MAX_VALUE;
            toldAsk = Long.MIN_VALUE;
        }
    }

    void ready(long matchNs, long receiveNs) {
        pass(timeUs(matchNs, receiveNs), true);
        joined = true;
        broken = false;
        crossed = 0;
        checkCrossing();
    }

    void clock(long receiveNs) {
        boolean away = clockNs != 0 && receiveNs - clockNs > 10_000_000_000L;
        clockNs = receiveNs;
        long watermarkNs = watermark.at(receiveNs);
        if (watermarkNs == Watermark.NONE) {
            return;
        }
        interrupted |= away;
        if (nowUs < 0) {
            return;
        }
        long dueUs = Math.floorDiv(watermarkNs, 1_000) - DepthRig.LATENESS_MS * 1_000;
        long toUs = isSynced() ? dueUs / MINUTE_US * MINUTE_US : dueUs;
        if (toUs > nowUs) {
            stretch(toUs, !interrupted);
        }
    }

    private void checkCrossing() {
        boolean crosses = joined && !bids.isEmpty() && !asks.isEmpty()
                && bids.firstKey() >= asks.firstKey();
        crossed = crosses ? crossed + 1 : 0;
        broken |= crossed >= crossedBound;
    }

    private long timeUs(long matchNs, long receiveNs) {
        if (matchNs > 0 && watermark.onTrade(matchNs, receiveNs)) {
            return matchNs / 1_000;
        }
        long at = watermark.at(receiveNs);
        return at == Watermark.NONE ? -1 : Math.floorDiv(at, 1_000);
    }

    private void pass(long timeUs, boolean known) {
        if (timeUs < 0) {
            return;
        }
        if (nowUs < 0) {
            nowUs = timeUs;
        } else if (timeUs > nowUs) {
            stretch(timeUs, known && !interrupted);
        }
        interrupted = false;
    }

    private void stretch(long toUs, boolean known) {
        if (known && isSynced() && toUs - nowUs <= 3 * MINUTE_US) {
            stretches.add(new Stretch(nowUs, toUs, measures()));
        }
        nowUs = toUs;
    }

    private static List<Map.Entry<Long, Long>> best(TreeMap<Long, Long> side) {
        return side.entrySet().stream().limit(OFI_LEVELS)
                .map(level -> Map.entry(level.getKey(), level.getValue())).toList();
    }

    /** The formula of Cont, Kukanov and Stoikov, level by level. */
    private List<BigInteger> flows(List<Map.Entry<Long, Long>> bidsBefore,
            List<Map.Entry<Long, Long>> asksBefore) {
        List<Map.Entry<Long, Long>> bidsAfter = best(bids);
        List<Map.Entry<Long, Long>> asksAfter = best(asks);
        List<BigInteger> flows = new ArrayList<>();
        for (int i = 0; i < OFI_LEVELS; i++) {
            BigInteger flow = BigInteger.ZERO;
            long bid0 = i < bidsBefore.size() ? bidsBefore.get(i).getKey() : Long.MIN_VALUE;
            long bid1 = i < bidsAfter.size() ? bidsAfter.get(i).getKey() : Long.MIN_VALUE;
            long ask0 = i < asksBefore.size() ? asksBefore.get(i).getKey() : Long.MAX_VALUE;
            long ask1 = i < asksAfter.size() ? asksAfter.get(i).getKey() : Long.MAX_VALUE;
            if (bid1 >= bid0) {
                flow = flow.add(quantity(bidsAfter, i));
            }
            if (bid1 <= bid0) {
                flow = flow.subtract(quantity(bidsBefore, i));
            }
            if (ask1 <= ask0) {
                flow = flow.subtract(quantity(asksAfter, i));
            }
            if (ask1 >= ask0) {
                flow = flow.add(quantity(asksBefore, i));
            }
            flows.add(flow);
        }
        return flows;
    }

    private static BigInteger quantity(List<Map.Entry<Long, Long>> side, int level) {
        return level < side.size() ? BigInteger.valueOf(side.get(level).getValue())
                : BigInteger.ZERO;
    }

    private Measures measures() {
        if (bids.isEmpty() || asks.isEmpty()) {
            return new Measures(false, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO,
                    List.of(), List.of(), List.of());
        }
        BigDecimal mid = BigDecimal.valueOf(bids.firstKey())
                .add(BigDecimal.valueOf(asks.firstKey())).divide(BigDecimal.valueOf(2));
        List<BigInteger> imbalances = new ArrayList<>();
        for (int top : TOPS) {
            imbalances.add(ppm(top(bids, top), top(asks, top)));
        }
        List<BigInteger> within = new ArrayList<>();
        List<Boolean> reached = new ArrayList<>();
        for (int bps : BANDS_BPS) {
            BigDecimal reach = mid.multiply(BigDecimal.valueOf(bps)).movePointLeft(4);
            within.add(within(bids, mid, reach));
            within.add(within(asks, mid, reach));
            long knownBid = windowed ? bids.lastKey() : toldBid;
            long knownAsk = windowed ? asks.lastKey() : toldAsk;
            reached.add(knownBid != Long.MAX_VALUE && knownAsk != Long.MIN_VALUE
                    && mid.subtract(reach).compareTo(BigDecimal.valueOf(knownBid - tick)) > 0
                    && mid.add(reach).compareTo(BigDecimal.valueOf(knownAsk + tick)) < 0);
        }
        return new Measures(true, BigInteger.valueOf(asks.firstKey() - bids.firstKey()),
                BigInteger.valueOf(asks.firstKey() + bids.firstKey()),
                ppm(top(bids, 1), top(asks, 1)), imbalances, within, reached);
    }

    private static BigInteger top(TreeMap<Long, Long> side, int levels) {
        return saturated(side.values().stream().limit(levels).map(BigInteger::valueOf)
                .reduce(BigInteger.ZERO, BigInteger::add));
    }

    private static BigInteger within(TreeMap<Long, Long> side, BigDecimal mid, BigDecimal reach) {
        return saturated(side.entrySet().stream()
                .filter(level -> BigDecimal.valueOf(level.getKey()).subtract(mid).abs()
                        .compareTo(reach) <= 0)
                .map(level -> BigInteger.valueOf(level.getValue()))
                .reduce(BigInteger.ZERO, BigInteger::add));
    }

    private static BigInteger saturated(BigInteger sum) {
        return sum.min(BigInteger.valueOf(Long.MAX_VALUE));
    }

    private static BigInteger ppm(BigInteger bid, BigInteger ask) {
        return bid.subtract(ask).multiply(PPM).divide(bid.add(ask));
    }

    /** Compares what readers see of a timeframe with what happened. */
    int check(Timeframe timeframe, DepthBarsView view, String as) {
        if (nowUs < 0) {
            assertThat(view.count()).isZero();
            return 0;
        }
        long lengthUs = timeframe.lengthMs() * 1_000;
        long newest = nowUs / lengthUs * lengthUs;
        int windows = 0;
        for (long start = newest; start > newest - 8 * lengthUs && start >= 0; start -= lengthUs) {
            String named = as + " " + timeframe + " " + start;
            DepthBar bar = view.find(start / 1_000);
            List<BigInteger> expected = expected(start, start + lengthUs);
            boolean empty = expected.get(3).signum() == 0 && expected.get(4).signum() == 0;
            if (empty) {
                assertThat(bar == null || bar.startMs() != start / 1_000).as(named).isTrue();
                continue;
            }
            assertThat(bar).as(named).isNotNull();
            assertThat(words(bar)).as(named).isEqualTo(expected);
            assertAverages(bar, expected);
            windows++;
        }
        return windows;
    }

    private static void assertAverages(DepthBar bar, List<BigInteger> expected) {
        if (bar.measuredUs() == 0) {
            assertThat(bar.averageSpread()).isNaN();
            return;
        }
        BigDecimal time = new BigDecimal(expected.get(5));
        BigDecimal twiceMid = new BigDecimal(expected.get(28));
        BigDecimal lean = new BigDecimal(expected.get(30)).divide(new BigDecimal(PPM));
        assertThat(bar.averageSpread()).isEqualTo(new BigDecimal(expected.get(26))
                .divide(time, MathContext.DECIMAL64).doubleValue());
        assertThat(bar.averageWeightedMid()).isEqualTo(twiceMid.add(lean)
                .divide(time.multiply(BigDecimal.TWO), MathContext.DECIMAL64).doubleValue());
    }

    /** The words of the format; the second of two is left 0. */
    private List<BigInteger> expected(long startUs, long endUs) {
        BigInteger[] words = new BigInteger[DepthBar.WORDS];
        Arrays.fill(words, BigInteger.ZERO);
        words[0] = BigInteger.valueOf(startUs / 1_000);
        words[1] = nowUs >= endUs ? BigInteger.ONE : BigInteger.ZERO;
        words[2] = BigInteger.valueOf(Math.min(endUs, nowUs));
        for (Update update : updates) {
            if (update.atUs() >= startUs && update.atUs() < endUs) {
                words[3] = words[3].add(BigInteger.ONE);
                for (int i = 0; i < OFI_LEVELS; i++) {
                    words[16 + 2 * i] = words[16 + 2 * i].add(update.flows().get(i));
                }
            }
        }
        for (Stretch stretch : stretches) {
            long us = Math.min(stretch.toUs(), endUs) - Math.max(stretch.fromUs(), startUs);
            if (us > 0) {
                addStretch(words, stretch.measures(), BigInteger.valueOf(us));
            }
        }
        return List.of(words);
    }

    private static void addStretch(BigInteger[] words, Measures measures, BigInteger us) {
        words[4] = words[4].add(us);
        if (!measures.twoSided()) {
            return;
        }
        boolean first = words[5].signum() == 0;
        words[5] = words[5].add(us);
        words[6] = first ? measures.spread() : words[6].min(measures.spread());
        words[7] = first ? measures.spread() : words[7].max(measures.spread());
        for (int i = 0; i < TOPS.length; i++) {
            words[8 + i] = words[8 + i].add(measures.reached().get(i) ? us : BigInteger.ZERO);
            words[12 + i] = words[12 + i].add(measures.imbalances().get(i).multiply(us));
        }
        words[26] = words[26].add(measures.spread().multiply(us));
        words[28] = words[28].add(measures.twiceMid().multiply(us));
        words[30] = words[30]
                .add(measures.spread().multiply(measures.bestPpm()).multiply(us));
        for (int i = 0; i < 2 * BANDS_BPS.length; i++) {
            words[32 + 2 * i] = words[32 + 2 * i].add(measures.within().get(i).multiply(us));
        }
    }

    private static List<BigInteger> words(DepthBar bar) {
        List<BigInteger> words = new ArrayList<>();
        for (int i = 0; i < DepthBar.WORDS; i++) {
            if (i < 16) {
                words.add(BigInteger.valueOf(bar.word(i)));
            } else {
                words.add(BigInteger.valueOf(bar.word(i + 1)).shiftLeft(64)
                        .add(new BigInteger(Long.toUnsignedString(bar.word(i)))));
                words.add(BigInteger.ZERO);
                i++;
            }
        }
        return words;
    }
}
