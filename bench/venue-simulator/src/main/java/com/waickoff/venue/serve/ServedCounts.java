package com.waickoff.venue.serve;

import java.util.Map;

/**
 * What a served venue has done so far.
 *
 * @param played frames of all streams, subscribed or not
 * @param ended whether all frames have been played
 * @param connections open now
 * @param accepted connections so far
 * @param refused attempts to connect so far that were refused
 * @param requests REST requests so far
 * @param faults so far
 * @param slowClients cut so far because they did not read
 * @param violations how often a limit was broken; what is missing never was
 * @param peaks the most that was seen of what is limited, whether it was too much or not
 * @param pongs how clients answered the venue's pings
 */
public record ServedCounts(long played, boolean ended, int connections, int accepted, long refused,
        long requests, long faults, long slowClients, Map<Limit, Long> violations,
        Map<Limit, Long> peaks, PongDelays pongs) {
    public ServedCounts {
        violations = Map.copyOf(violations);
        peaks = Map.copyOf(peaks);
    }

    /** How often a limit was broken. */
    public long violations(Limit limit) {
        return violations.getOrDefault(limit, 0L);
    }

    /** The most that was seen of what is limited; 0 if it was never seen. */
    public long peak(Limit limit) {
        return peaks.getOrDefault(limit, 0L);
    }
}
