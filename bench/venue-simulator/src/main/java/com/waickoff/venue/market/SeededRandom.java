package com.waickoff.venue.market;

/**
 * SplitMix64 (Steele, Lea, Flood 2014), written out here so that a seed gives the same numbers on
 * every JDK to come. Not thread safe.
 */
public final class SeededRandom {
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private long state;

    public SeededRandom(long seed) {
        this.state = seed;
    }

    /** A generator of its own for one part of a whole; the parts do not disturb each other. */
    public static SeededRandom of(long seed, long part) {
        return new SeededRandom(mix(seed + mix(part + 1)));
    }

    /** A bijection of 64 bits that leaves no pattern. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    public long nextLong() {
        state += GOLDEN_GAMMA;
        return mix(state);
    }

    /** From 0 inclusive to 1 exclusive. */
    public double nextDouble() {
        return (nextLong() >>> 11) * 0x1.0p-53;
    }

    /** From 0 inclusive to {@code bound} exclusive. */
    public int below(int bound) {
        return (int) (((nextLong() >>> 33) * bound) >>> 31);
    }

    public boolean chance(double probability) {
        return nextDouble() < probability;
    }

    /** Waiting time of a Poisson process. */
    public double exponential(double mean) {
        return -mean * StrictMath.log(1 - nextDouble());
    }

    /** Near enough to a standard normal: the sum of four uniform 16-bit numbers, scaled. */
    public double gaussian() {
        long bits = nextLong();
        long sum = (bits & 0xffff) + ((bits >>> 16) & 0xffff) + ((bits >>> 32) & 0xffff)
                + (bits >>> 48);
        return (sum / 65536.0 - 2) * 1.7320508075688772;
    }

    /** Many small, few large: at least 1, median about 1.6, tail exponent 1.5, at most the cap. */
    public double heavyTailed(double cap) {
        return Math.min(cap, StrictMath.pow(1 - nextDouble(), -1 / 1.5));
    }
}
