package com.waickoff.venue.serve;

import com.waickoff.venue.market.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Draws what befalls the frames of one connection. Belongs to the event loop. */
final class FaultDraw {
    private static final LineFault[] FAULTS = LineFault.values();
    private static final int MOST_GARBAGE = 400;

    private final LineFaults faults;
    private final SeededRandom random;
    private final Map<MarketStream, Boolean> befalls = new HashMap<>();

    FaultDraw(LineFaults faults, int connection) {
        this.faults = faults;
        this.random = SeededRandom.of(faults.seed(), connection);
    }

    /** What befalls the next frame, which is of a stream, or null. */
    @Nullable
    LineFault next(MarketStream stream) {
        if (!faults.streams().isEmpty()
                && !befalls.computeIfAbsent(stream, _ -> faults.befalls(stream.name()))) {
            return null;
        }
        double where = random.nextDouble();
        for (LineFault fault : FAULTS) {
            where -= faults.rate(fault);
            if (where < 0) {
                return fault;
            }
        }
        return null;
    }

    /** How late a frame is, at least 1. */
    int delayMs() {
        return 1 + random.below(faults.mostDelayMs());
    }

    /** Letters that mean nothing; half of them begin as a frame does. */
    byte[] garbage() {
        StringBuilder text = new StringBuilder(random.below(2) == 0 ? "{\"" : "");
        int length = 1 + random.below(MOST_GARBAGE);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    random.below(8) == 0 ? 0xa0 + random.below(0x2000) : ' ' + random.below(95));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
