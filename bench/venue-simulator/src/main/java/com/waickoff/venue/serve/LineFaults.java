package com.waickoff.venue.serve;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How often what goes wrong with the market data of each connection, by chance and by seed:
 * connection and frame decide, not the clock. Answers to requests are not befallen, but what ends or
 * freezes a connection ends or freezes them too.
 *
 * @param byFault probability for each frame of market data, 0 to 1; none that is not named. Their
 *        sum is at most 1
 * @param seed the same seed gives the same faults to the same frames
 * @param mostDelayMs longest delay of {@link LineFault#DELAY} and {@link LineFault#LATE}, in ms of
 *        the wall clock
 * @param freezeMs how long a freeze lasts, in ms of the wall clock; 0 is until the end
 * @param closeCode status of {@link LineFault#CLOSE}, 1000 to 4999
 * @param oversizeBytes length of {@link LineFault#OVERSIZE}
 * @param streams whose frames are befallen, a star stands for any letters; none for all
 */
public record LineFaults(Map<LineFault, Double> byFault, long seed, int mostDelayMs, int freezeMs,
        int closeCode, int oversizeBytes, List<String> streams) {
    private static final int DEFAULT_DELAY_MS = 500;
    private static final int DEFAULT_CLOSE_CODE = 1012;
    private static final int DEFAULT_OVERSIZE = 8 << 20;

    /** Checks ranges. */
    public LineFaults {
        byFault = Map.copyOf(byFault);
        streams = List.copyOf(streams);
        double sum = byFault.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1 || byFault.values().stream().anyMatch(rate -> !(rate >= 0))) {
            throw new IllegalArgumentException(
                    "fault rates must be 0 or above and their sum at most 1: " + byFault);
        }
        if (mostDelayMs < 1 || freezeMs < 0 || oversizeBytes < 1) {
            throw new IllegalArgumentException("delay and oversize must be at least 1, freeze at"
                    + " least 0: " + mostDelayMs + ", " + oversizeBytes + ", " + freezeMs);
        }
        if (closeCode < 1_000 || closeCode > 4_999) {
            throw new IllegalArgumentException("close code must be 1000 to 4999: " + closeCode);
        }
    }

    public static LineFaults none() {
        return new LineFaults(Map.of(), 0, DEFAULT_DELAY_MS, 0, DEFAULT_CLOSE_CODE,
                DEFAULT_OVERSIZE, List.of());
    }

    /** One fault at a rate; more by {@link #with}. */
    public static LineFaults of(LineFault fault, double rate, long seed) {
        return none().with(fault, rate).withSeed(seed);
    }

    /**
     * Reads {@code name=rate,name=rate}, e.g. {@code drop=0.001,cut-in-frame=0.00002}.
     *
     * @throws IllegalArgumentException if a name or a rate is not known
     */
    public static LineFaults parse(String text) {
        LineFaults faults = none();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no fault=rate: " + part);
            }
            faults = faults.with(Order.fault(part.substring(0, equals)),
                    Double.parseDouble(part.substring(equals + 1)));
        }
        return faults;
    }

    public double rate(LineFault fault) {
        return byFault.getOrDefault(fault, 0.0);
    }

    public boolean isNone() {
        return byFault.values().stream().allMatch(rate -> rate == 0);
    }

    /** With another rate for one fault. */
    public LineFaults with(LineFault fault, double rate) {
        Map<LineFault, Double> rates = new EnumMap<>(LineFault.class);
        rates.putAll(byFault);
        rates.put(fault, rate);
        return new LineFaults(rates, seed, mostDelayMs, freezeMs, closeCode, oversizeBytes,
                streams);
    }

    /** With the rates of others, and those only. */
    LineFaults withRates(LineFaults others) {
        return new LineFaults(others.byFault, seed, mostDelayMs, freezeMs, closeCode,
                oversizeBytes, streams);
    }

    public LineFaults withSeed(long newSeed) {
        return new LineFaults(byFault, newSeed, mostDelayMs, freezeMs, closeCode, oversizeBytes,
                streams);
    }

    public LineFaults withMostDelayMs(int newMostDelayMs) {
        return new LineFaults(byFault, seed, newMostDelayMs, freezeMs, closeCode, oversizeBytes,
                streams);
    }

    public LineFaults withFreezeMs(int newFreezeMs) {
        return new LineFaults(byFault, seed, mostDelayMs, newFreezeMs, closeCode, oversizeBytes,
                streams);
    }

    public LineFaults withCloseCode(int newCloseCode) {
        return new LineFaults(byFault, seed, mostDelayMs, freezeMs, newCloseCode, oversizeBytes,
                streams);
    }

    public LineFaults withOversizeBytes(int newOversizeBytes) {
        return new LineFaults(byFault, seed, mostDelayMs, freezeMs, closeCode, newOversizeBytes,
                streams);
    }

    /** Befalls the frames of these streams only. */
    public LineFaults withStreams(List<String> newStreams) {
        return new LineFaults(byFault, seed, mostDelayMs, freezeMs, closeCode, oversizeBytes,
                newStreams);
    }

    /** Whether it befalls the frames of a stream. */
    boolean befalls(String stream) {
        return streams.isEmpty() || streams.stream().map(NamePattern::new)
                .anyMatch(pattern -> pattern.matches(stream));
    }
}
