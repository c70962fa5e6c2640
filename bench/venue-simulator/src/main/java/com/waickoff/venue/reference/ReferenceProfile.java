package com.waickoff.venue.reference;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Volume by price of one window, with the point of control and the value area after the
 * project's rules.
 *
 * <p>Row k holds the prices {@code [k × rowSize, (k + 1) × rowSize)} and is named after its low
 * edge. Not thread safe.
 */
public final class ReferenceProfile {
    /** Volume of a row by the side of the taker. */
    public record Row(BigDecimal buyVolume, BigDecimal sellVolume) {
        static final Row EMPTY = new Row(BigDecimal.ZERO, BigDecimal.ZERO);

        public BigDecimal volume() {
            return buyVolume.add(sellVolume);
        }

        Row plus(BigDecimal quantity, boolean buy) {
            return buy
                    ? new Row(buyVolume.add(quantity), sellVolume)
                    : new Row(buyVolume, sellVolume.add(quantity));
        }
    }

    /** A value area as row numbers, both inclusive. */
    public record ValueArea(long lowRow, long highRow) {}

    /** The share of the volume that a value area holds unless another is asked for. */
    public static final BigDecimal DEFAULT_SHARE = new BigDecimal("0.70");

    private final BigDecimal rowSize;
    private final TreeMap<Long, Row> rows = new TreeMap<>();

    /**
     * An empty profile.
     *
     * @param rowSize height of a row in price, above 0
     */
    public ReferenceProfile(BigDecimal rowSize) {
        if (rowSize.signum() <= 0) {
            throw new IllegalArgumentException("row size must be above 0: " + rowSize);
        }
        this.rowSize = rowSize;
    }

    /** Counts a trade. */
    public void add(BigDecimal price, BigDecimal quantity, boolean buy) {
        long row = price.divide(rowSize, 0, RoundingMode.FLOOR).longValueExact();
        rows.put(row, rows.getOrDefault(row, Row.EMPTY).plus(quantity, buy));
    }

    /** Rows with volume, by row number. */
    public NavigableMap<Long, Row> rows() {
        return rows;
    }

    /** Low edge of a row. */
    public BigDecimal lowEdge(long row) {
        return rowSize.multiply(BigDecimal.valueOf(row));
    }

    public BigDecimal volume() {
        return rows.values().stream().map(Row::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * The row of the largest volume; of several, the one nearest to the volume-weighted mean row;
     * of two equally near, the lower.
     */
    public long pointOfControl() {
        BigDecimal total = volume();
        BigDecimal weighted = BigDecimal.ZERO;
        BigDecimal largest = BigDecimal.ZERO;
        for (Map.Entry<Long, Row> entry : rows.entrySet()) {
            BigDecimal rowVolume = entry.getValue().volume();
            weighted = weighted.add(rowVolume.multiply(BigDecimal.valueOf(entry.getKey())));
            largest = largest.max(rowVolume);
        }
        // |k - weighted/total| is compared as |k × total - weighted|: no division, no rounding.
        Long nearest = null;
        BigDecimal nearestDistance = BigDecimal.ZERO;
        for (Map.Entry<Long, Row> entry : rows.entrySet()) {
            if (entry.getValue().volume().compareTo(largest) < 0) {
                continue;
            }
            BigDecimal distance = total.multiply(BigDecimal.valueOf(entry.getKey()))
                    .subtract(weighted).abs();
            if (nearest == null || distance.compareTo(nearestDistance) < 0) {
                nearest = entry.getKey();
                nearestDistance = distance;
            }
        }
        if (nearest == null) {
            throw new IllegalStateException("a profile without trades has no point of control");
        }
        return nearest;
    }

    /** Method {@code two_row} with the default share. */
    public ValueArea valueArea() {
        return valueArea(DEFAULT_SHARE);
    }

    /**
     * Method {@code two_row}: from the point of control, while the share is not reached, the next
     * two rows up are weighed against the next two down; the heavier pair is taken, up when equal.
     * Rows without volume between the lowest and the highest count as rows.
     */
    public ValueArea valueArea(BigDecimal share) {
        long lowest = rows.firstKey();
        long highest = rows.lastKey();
        long low = pointOfControl();
        long high = low;
        BigDecimal target = volume().multiply(share);
        BigDecimal covered = volumeAt(low);
        while (covered.compareTo(target) < 0) {
            BigDecimal up = volumeAt(high + 1).add(volumeAt(high + 2));
            BigDecimal down = volumeAt(low - 1).add(volumeAt(low - 2));
            boolean takeUp = low == lowest || (high < highest && up.compareTo(down) >= 0);
            if (takeUp) {
                covered = covered.add(up);
                high = Math.min(high + 2, highest);
            } else {
                covered = covered.add(down);
                low = Math.max(low - 2, lowest);
            }
        }
        return new ValueArea(low, high);
    }

    /** Method {@code single_row}: the heavier neighbour is taken, the lower one when equal. */
    public ValueArea valueAreaBySingleRows(BigDecimal share) {
        long lowest = rows.firstKey();
        long highest = rows.lastKey();
        long low = pointOfControl();
        long high = low;
        BigDecimal target = volume().multiply(share);
        BigDecimal covered = volumeAt(low);
        while (covered.compareTo(target) < 0) {
            BigDecimal up = volumeAt(high + 1);
            BigDecimal down = volumeAt(low - 1);
            boolean takeUp = low == lowest || (high < highest && up.compareTo(down) > 0);
            if (takeUp) {
                covered = covered.add(up);
                high++;
            } else {
                covered = covered.add(down);
                low--;
            }
        }
        return new ValueArea(low, high);
    }

    private BigDecimal volumeAt(long row) {
        return rows.getOrDefault(row, Row.EMPTY).volume();
    }
}
