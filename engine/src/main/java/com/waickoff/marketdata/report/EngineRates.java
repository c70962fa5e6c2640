package com.waickoff.marketdata.report;

import com.waickoff.marketdata.report.StatusReport.Reading;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.Latency;
import com.waickoff.marketdata.status.LatencyReading;
import com.waickoff.marketdata.status.StatusReader.OwnedLatency;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an engine did between two readings of its status file.
 *
 * @param stretchNs time between the readings
 * @param frames frames received
 * @param latencies those of which something was measured, in the order of the catalogue
 * @param feeds as the later reading shows them
 */
public record EngineRates(long stretchNs, long frames, long trades, long levels, long events,
        long bytes,
        List<Measured> latencies, List<FeedReading> feeds) {
    private static final double MEDIAN = 50;
    private static final double PERCENTILE_99 = 99;
    private static final double PERCENTILE_99_9 = 99.9;

    /** A latency; all in ns. */
    public record Measured(Latency latency, long p50Ns, long p99Ns, long p999Ns, long maxNs) {}

    /**
     * From one reading to a later one of the same run.
     *
     * @param before null for the start of the run
     */
    public static EngineRates between(@Nullable Reading before, Reading now) {
        long stretchNs = now.nowNs() - (before == null ? now.run().startNs() : before.nowNs());
        return new EngineRates(stretchNs, more(before, now, Counter.FRAMES_RECEIVED),
                more(before, now, Counter.TRADES_DECODED),
                more(before, now, Counter.LEVELS_DECODED),
                more(before, now, Counter.EVENTS_PUBLISHED),
                more(before, now, Counter.BYTES_RECEIVED), latencies(before, now), now.feeds());
    }

    private static long more(@Nullable Reading before, Reading now, Counter counter) {
        return now.sum(counter) - (before == null ? 0 : before.sum(counter));
    }

    private static List<Measured> latencies(@Nullable Reading before, Reading now) {
        List<Measured> measured = new ArrayList<>();
        for (OwnedLatency owned : now.latencies()) {
            LatencyReading all = owned.reading();
            LatencyReading earlier = before == null ? null : earlier(before, owned);
            LatencyReading shown = earlier == null ? all : all.since(earlier);
            if (shown.count() > 0) {
                measured.add(new Measured(owned.latency(), shown.percentileNs(MEDIAN),
                        shown.percentileNs(PERCENTILE_99), shown.percentileNs(PERCENTILE_99_9),
                        shown.maxNs()));
            }
        }
        return List.copyOf(measured);
    }

    private static @Nullable LatencyReading earlier(Reading before, OwnedLatency wanted) {
        for (OwnedLatency owned : before.latencies()) {
            if (owned.owner().equals(wanted.owner()) && owned.latency() == wanted.latency()) {
                return owned.reading();
            }
        }
        return null;
    }

    /** The feed of a venue; null if there is none. */
    @Nullable
    public FeedReading feed(String venue) {
        for (FeedReading feed : feeds) {
            if (feed.name().equals(venue)) {
                return feed;
            }
        }
        return null;
    }
}
