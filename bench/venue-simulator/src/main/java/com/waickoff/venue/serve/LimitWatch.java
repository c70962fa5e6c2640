package com.waickoff.venue.serve;

import java.util.EnumMap;
import java.util.Map;

/** How often clients broke a limit, and how near they came to it. Belongs to the event loop. */
final class LimitWatch {
    private final Map<Limit, Long> violations = new EnumMap<>(Limit.class);
    private final Map<Limit, Long> peaks = new EnumMap<>(Limit.class);

    void violated(Limit limit) {
        violations.merge(limit, 1L, Long::sum);
    }

    /** Notes a value of what is limited, and whether it is above what is allowed; 0 allows any. */
    boolean isOver(Limit limit, long value, long most) {
        peaks.merge(limit, value, Math::max);
        boolean over = most > 0 && value > most;
        if (over) {
            violated(limit);
        }
        return over;
    }

    Map<Limit, Long> violations() {
        return Map.copyOf(violations);
    }

    Map<Limit, Long> peaks() {
        return Map.copyOf(peaks);
    }
}
