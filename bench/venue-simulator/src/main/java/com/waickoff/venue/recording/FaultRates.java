package com.waickoff.venue.recording;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How often what goes wrong.
 *
 * @param byFault probability for each received frame that the fault can befall, 0 to 1; no fault
 *        that is not named. Their sum is at most 1: a frame has one fault at most.
 */
public record FaultRates(Map<Fault, Double> byFault) {
    public FaultRates {
        byFault = Map.copyOf(byFault);
        double sum = byFault.values().stream().mapToDouble(Double::doubleValue).sum();
        if (sum > 1 || byFault.values().stream().anyMatch(rate -> !(rate >= 0))) {
            throw new IllegalArgumentException(
                    "fault rates must be 0 or above and their sum at most 1: " + byFault);
        }
    }

    public static FaultRates none() {
        return new FaultRates(Map.of());
    }

    /** The same rate for some faults. */
    public static FaultRates of(double rate, Fault... faults) {
        return new FaultRates(
                Arrays.stream(faults).collect(Collectors.toMap(fault -> fault, fault -> rate)));
    }

    /**
     * Reads {@code name=rate,name=rate}, e.g. {@code drop=0.001,key-order=0.5}.
     *
     * @throws IllegalArgumentException if a name or a rate is not known
     */
    public static FaultRates parse(String text) {
        Map<Fault, Double> byFault = new EnumMap<>(Fault.class);
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("no fault=rate: " + part);
            }
            String name = part.substring(0, equals).toUpperCase(Locale.ROOT).replace('-', '_');
            byFault.put(Fault.valueOf(name), Double.valueOf(part.substring(equals + 1)));
        }
        return new FaultRates(byFault);
    }

    public double rate(Fault fault) {
        return byFault.getOrDefault(fault, 0.0);
    }
}
