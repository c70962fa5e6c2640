package com.waickoff.marketdata.flow;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The volume-synchronised probability of informed trading after Easley, López de Prado and O'Hara
 * (2012), with the venue's own flags in place of a classification:
 *
 * <pre>
 *   VPIN = Σ |bought − sold| / Σ volume     over the last n full buckets
 * </pre>
 *
 * <p>A bucket's volume is what a fixed amount buys at the price of its first trade, so that a bucket
 * means the same when the price has moved; at one price it is the paper's constant V. A trade may
 * fill several buckets.
 *
 * <p>Threads: one study thread.
 */
final class Vpin {
    private static final int UNKNOWN = -1;

    private final FlowConfig.Vpin config;
    private final Notional notional;
    private final long mostBucket;
    private final long[] differences;
    private final long[] volumes;
    private int next;
    private long full;
    private long bucket;
    private long bought;
    private long sold;
    private long differenceSum;
    private long volumeSum;
    private boolean told;
    /** Changes with a full bucket only: asked for far more often. */
    private int ppm = UNKNOWN;

    Vpin(FlowConfig.Vpin config, Notional notional) {
        this.config = config;
        this.notional = notional;
        mostBucket = Long.MAX_VALUE / 16 / config.buckets();
        differences = new long[config.buckets()];
        volumes = new long[config.buckets()];
    }

    /** Parts per million; -1 while there are too few buckets. */
    int ppm() {
        return ppm;
    }

    private int currentPpm() {
        return full < differences.length ? UNKNOWN : Wide.ppm(differenceSum, volumeSum);
    }

    /** Volume of the bucket being filled, scaled; 0 before the first trade. */
    long bucketVolume() {
        return bucket;
    }

    /**
     * Takes in a trade.
     *
     * @return whether it rose above the threshold with it
     */
    boolean add(long price, long quantity, boolean buy) {
        if (bucket == 0) {
            begin(price);
        }
        long room = bucket - bought - sold;
        if (quantity < room) {
            fill(quantity, buy);
            return false;
        }
        return completeSlowPath(price, quantity, room, buy);
    }

    private void fill(long quantity, boolean buy) {
        if (buy) {
            bought += quantity;
        } else {
            sold += quantity;
        }
    }

    private void begin(long price) {
        bucket = Math.clamp(notional.quantity(config.bucketNotional(), price), 1, mostBucket);
        bought = 0;
        sold = 0;
    }

    private boolean completeSlowPath(long price, long quantity, long room, boolean buy) {
        long rest = quantity - room;
        fill(room, buy);
        complete(price);
        long whole = rest / bucket;
        if (whole > differences.length) {
            // More than all buckets that count: those before them would be forgotten anyway.
            rest -= (whole - differences.length) * bucket;
            full += whole - differences.length;
        }
        while (rest >= bucket) {
            fill(bucket, buy);
            rest -= bucket;
            complete(price);
        }
        fill(rest, buy);
        ppm = currentPpm();
        boolean above = config.thresholdPpm() > 0 && ppm > config.thresholdPpm();
        boolean rose = above && !told;
        told = above;
        return rose;
    }

    private void complete(long price) {
        long difference = Math.abs(bought - sold);
        differenceSum += difference - differences[next];
        volumeSum += bucket - volumes[next];
        differences[next] = difference;
        volumes[next] = bucket;
        next = next + 1 == differences.length ? 0 : next + 1;
        full++;
        begin(price);
    }

    void writeTo(DataOutput out) throws IOException {
        out.writeInt(next);
        out.writeLong(full);
        out.writeLong(bucket);
        out.writeLong(bought);
        out.writeLong(sold);
        out.writeBoolean(told);
        for (int i = 0; i < differences.length; i++) {
            out.writeLong(differences[i]);
            out.writeLong(volumes[i]);
        }
    }

    void readFrom(DataInput in) throws IOException {
        next = in.readInt();
        full = in.readLong();
        bucket = in.readLong();
        bought = in.readLong();
        sold = in.readLong();
        told = in.readBoolean();
        differenceSum = 0;
        volumeSum = 0;
        for (int i = 0; i < differences.length; i++) {
            differences[i] = in.readLong();
            volumes[i] = in.readLong();
            differenceSum += differences[i];
            volumeSum += volumes[i];
        }
        if (next < 0 || next >= differences.length) {
            throw new IOException("a ring of buckets that goes on at " + next);
        }
        ppm = currentPpm();
    }
}
