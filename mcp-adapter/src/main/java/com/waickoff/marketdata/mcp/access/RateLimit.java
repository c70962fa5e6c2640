package com.waickoff.marketdata.mcp.access;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How often each client may ask: a bucket of tokens that fills at a constant rate.
 *
 * <p>Threads: any.
 */
public final class RateLimit {
    private static final double NS_PER_SECOND = 1e9;
    /** Clients that are told apart; the one that asked longest ago makes room. */
    private static final int MAX_CLIENTS = 4096;

    private final double perNs;
    private final double burst;
    private final LongSupplier nanoTime;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true);

    private static final class Bucket {
        private double tokens;
        private long atNs;

        Bucket(double tokens, long atNs) {
            this.tokens = tokens;
            this.atNs = atNs;
        }
    }

    /**
     * A limit for each client.
     *
     * @param perSecond requests a second in the long run; 0 for no limit
     * @param burst requests at once after a silence
     */
    public RateLimit(int perSecond, int burst, LongSupplier nanoTime) {
        this.perNs = perSecond / NS_PER_SECOND;
        this.burst = burst;
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a token of a client's bucket.
     *
     * @return 0 if there was one, else the seconds after which there will be
     */
    public synchronized int take(String client) {
        if (perNs == 0) {
            return 0;
        }
        long nowNs = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(client, name -> new Bucket(burst, nowNs));
        if (buckets.size() > MAX_CLIENTS) {
            buckets.remove(buckets.keySet().iterator().next());
        }
        bucket.tokens = Math.min(burst, bucket.tokens + (nowNs - bucket.atNs) * perNs);
        bucket.atNs = nowNs;
        if (bucket.tokens >= 1) {
            bucket.tokens--;
            return 0;
        }
        return (int) Math.ceil((1 - bucket.tokens) / perNs / NS_PER_SECOND);
    }
}
