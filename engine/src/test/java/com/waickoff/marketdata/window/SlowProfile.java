package com.waickoff.marketdata.window;

import com.waickoff.marketdata.window.ValueAreaRule.PocTie;
import com.waickoff.marketdata.window.ValueAreaRule.Side;
import com.waickoff.marketdata.window.VolumeNode.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * A volume profile the slow way: a sorted map of exact numbers, definitions followed word by word.
 * What the engine's arithmetic is held against; nothing of it is shared.
 */
final class SlowProfile {
    private final TreeMap<BigInteger, BigDecimal> buys = new TreeMap<>();
    private final TreeMap<BigInteger, BigDecimal> sells = new TreeMap<>();
    private final BigInteger rowSize;

    SlowProfile(long rowSize) {
        this.rowSize = BigInteger.valueOf(rowSize);
    }

    /** Point of control, high and low row of the value area, and what it covers. */
    record Area(long poc, long high, long low, BigDecimal covered, BigDecimal total) {}

    void add(long price, long quantity, boolean buy) {
        BigInteger row = floor(BigInteger.valueOf(price), rowSize);
        (buy ? buys : sells).merge(row, BigDecimal.valueOf(quantity), BigDecimal::add);
    }

    private static BigInteger floor(BigInteger price, BigInteger size) {
        BigInteger[] parts = price.divideAndRemainder(size);
        return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    }

    /** The same volume in rows so many times as high. */
    SlowProfile coarser(long factor) {
        SlowProfile coarse = new SlowProfile(rowSize.longValueExact() * factor);
        coarse.addRowsOf(this);
        return coarse;
    }

    /** Adds the rows of a profile whose rows are no higher and divide these. */
    void addRowsOf(SlowProfile fine) {
        BigInteger factor = rowSize.divide(fine.rowSize);
        fine.buys.forEach((row, volume) -> buys.merge(floor(row, factor), volume,
                BigDecimal::add));
        fine.sells.forEach((row, volume) -> sells.merge(floor(row, factor), volume,
                BigDecimal::add));
    }

    boolean isEmpty() {
        return buys.isEmpty() && sells.isEmpty();
    }

    long rowSize() {
        return rowSize.longValueExact();
    }

    BigDecimal buy(long row) {
        return buys.getOrDefault(BigInteger.valueOf(row), BigDecimal.ZERO);
    }

    BigDecimal sell(long row) {
        return sells.getOrDefault(BigInteger.valueOf(row), BigDecimal.ZERO);
    }

    BigDecimal volume(long row) {
        return buy(row).add(sell(row));
    }

    long lowest() {
        return buys.isEmpty() ? sells.firstKey().longValueExact()
                : sells.isEmpty() ? buys.firstKey().longValueExact()
                        : buys.firstKey().min(sells.firstKey()).longValueExact();
    }

    long highest() {
        return buys.isEmpty() ? sells.lastKey().longValueExact()
                : sells.isEmpty() ? buys.lastKey().longValueExact()
                        : buys.lastKey().max(sells.lastKey()).longValueExact();
    }

    BigDecimal total() {
        BigDecimal total = BigDecimal.ZERO;
        for (TreeMap<BigInteger, BigDecimal> side : List.of(buys, sells)) {
            for (BigDecimal volume : side.values()) {
                total = total.add(volume);
            }
        }
        return total;
    }

    private long poc(PocTie tie) {
        BigDecimal largest = BigDecimal.ZERO;
        BigDecimal weighted = BigDecimal.ZERO;
        for (long row = lowest(); row <= highest(); row++) {
            largest = largest.max(volume(row));
            weighted = weighted.add(volume(row).multiply(BigDecimal.valueOf(row)));
        }
        Long best = null;
        BigDecimal bestDistance = BigDecimal.ZERO;
        for (long row = lowest(); row <= highest(); row++) {
            if (volume(row).compareTo(largest) != 0) {
                continue;
            }
            // |row - weighted / total| * total
            BigDecimal distance = BigDecimal.valueOf(row).multiply(total()).subtract(weighted)
                    .abs();
            boolean better = best == null || tie == PocTie.HIGH
                    || (tie == PocTie.VWMEAN && distance.compareTo(bestDistance) < 0);
            if (better) {
                best = row;
                bestDistance = distance;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no rows");
        }
        return best;
    }

    Area area(ValueAreaRule rule) {
        long poc = poc(rule.pocTie());
        BigDecimal wanted = total().multiply(BigDecimal.valueOf(rule.percent(), 2));
        long high = poc;
        long low = poc;
        BigDecimal covered = volume(poc);
        while (covered.compareTo(wanted) < 0) {
            BigDecimal up = BigDecimal.ZERO;
            BigDecimal down = BigDecimal.ZERO;
            for (int i = 1; i <= rule.rowsPerStep(); i++) {
                up = up.add(volume(high + i));
                down = down.add(volume(low - i));
            }
            boolean upward;
            if (low == lowest() || high == highest()) {
                upward = low == lowest();
            } else if (up.compareTo(down) == 0) {
                upward = rule.tieSide() == Side.UP;
            } else {
                upward = up.compareTo(down) > 0;
            }
            if (upward) {
                covered = covered.add(up);
                high = Math.min(highest(), high + rule.rowsPerStep());
            } else {
                covered = covered.add(down);
                low = Math.max(lowest(), low - rule.rowsPerStep());
            }
        }
        return new Area(poc, high, low, covered, total());
    }

    /** Nodes by looking both ways from each row. */
    List<VolumeNode> nodes(int percent) {
        BigDecimal largest = BigDecimal.ZERO;
        for (long row = lowest(); row <= highest(); row++) {
            largest = largest.max(volume(row));
        }
        BigDecimal least = largest.multiply(BigDecimal.valueOf(percent, 2));
        List<VolumeNode> nodes = new ArrayList<>();
        for (long row = lowest(); row <= highest(); row++) {
            for (Kind kind : Kind.values()) {
                BigDecimal prominence = prominence(row, kind);
                if (prominence.signum() > 0 && prominence.compareTo(least) >= 0) {
                    nodes.add(new VolumeNode(kind, row, volume(row).longValueExact()));
                }
            }
        }
        return nodes;
    }

    private BigDecimal prominence(long row, Kind kind) {
        boolean high = kind == Kind.HIGH;
        BigDecimal here = smoothed(row);
        BigDecimal below = BigDecimal.ZERO;
        boolean ended = false;
        for (long other = row - 1; other >= lowest() && !ended; other--) {
            BigDecimal fall = fall(here, smoothed(other), high);
            ended = fall.signum() <= 0;
            below = ended ? below : below.max(fall);
        }
        if (!ended && high) {
            below = here;
        }
        BigDecimal above = BigDecimal.ZERO;
        ended = false;
        for (long other = row + 1; other <= highest() && !ended; other++) {
            BigDecimal fall = fall(here, smoothed(other), high);
            ended = fall.signum() < 0;
            above = ended ? above : above.max(fall);
        }
        if (!ended && high) {
            above = here;
        }
        return below.min(above);
    }

    private static BigDecimal fall(BigDecimal here, BigDecimal there, boolean high) {
        return high ? here.subtract(there) : there.subtract(here);
    }

    private BigDecimal smoothed(long row) {
        return volume(row - 2).add(volume(row + 2))
                .add(volume(row - 1).add(volume(row + 1)).multiply(BigDecimal.valueOf(4)))
                .add(volume(row).multiply(BigDecimal.valueOf(6)))
                .divide(BigDecimal.valueOf(16));
    }
}
