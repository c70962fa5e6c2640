package com.waickoff.marketdata.report;

import com.waickoff.marketdata.report.StatusReport.Reading;
import com.waickoff.marketdata.status.ClockReading;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterReading;
import com.waickoff.marketdata.status.DiskReading;
import com.waickoff.marketdata.status.ErrorReading;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.InstrumentReading;
import com.waickoff.marketdata.status.LatencyReading;
import com.waickoff.marketdata.status.StatusReader.OwnedLatency;

/**
 * How an engine is doing, as one line of JSON: what {@link StatusReport} shows, as numbers with their
 * units in the names. Counts are since the engine's start.
 */
public final class StatJson {
    private static final long NS_PER_MS = 1_000_000L;

    private final Reading now;
    private final Json json = new Json();

    private StatJson(Reading now) {
        this.now = now;
    }

    /**
     * The JSON of a reading.
     *
     * @param isConserved whether everything is accounted for
     */
    public static String of(Reading now, boolean isConserved) {
        return new StatJson(now).write(isConserved);
    }

    private String write(boolean isConserved) {
        json.open('{');
        json.literal("running", Boolean.toString(now.isRunning()));
        json.literal("accounted", Boolean.toString(isConserved));
        json.number("pid", now.run().pid());
        json.number("started_ms", now.run().startNs() / NS_PER_MS);
        json.number("heartbeat_ms", now.heartbeatNs() / NS_PER_MS);
        disk(now.disk());
        json.begin("feeds", '[');
        now.feeds().forEach(this::feed);
        json.end(']');
        json.begin("instruments", '[');
        now.instruments().forEach(this::instrument);
        json.end(']');
        json.begin("counters", '{');
        now.counters().forEach(this::counters);
        json.end('}');
        json.begin("latencies", '[');
        now.latencies().forEach(this::latency);
        json.end(']');
        json.begin("errors", '[');
        now.errors().forEach(this::error);
        json.end(']');
        return json.end('}').toString();
    }

    private void disk(DiskReading disk) {
        if (!disk.isKnown()) {
            json.literal("disk", "null");
            return;
        }
        json.begin("disk", '{');
        json.text("level", disk.level().label());
        json.number("free_bytes", disk.freeBytes());
        json.number("pause_books_bytes", disk.pauseBytes());
        json.number("resume_books_bytes", disk.resumeBytes());
        json.number("stop_bytes", disk.stopBytes());
        json.number("looked_ms", disk.lookedNs() / NS_PER_MS);
        json.end('}');
    }

    private void feed(FeedReading feed) {
        json.open('{');
        json.text("name", feed.name());
        json.text("state", feed.state().label());
        json.number("since_ms", feed.sinceNs() / NS_PER_MS);
        json.number("last_frame_ms", feed.lastFrameNs() / NS_PER_MS);
        json.number("connections", feed.epoch());
        json.text("detail", feed.detail());
        ClockReading clock = now.clock(feed.name());
        if (clock == null) {
            json.literal("clock", "null");
        } else {
            json.begin("clock", '{');
            json.number("offset_ns", clock.offsetNs());
            json.number("round_trip_ns", clock.roundTripNs());
            json.number("measured_ms", clock.measuredNs() / NS_PER_MS);
            json.end('}');
        }
        json.end('}');
    }

    private void instrument(InstrumentReading instrument) {
        json.open('{');
        json.text("name", instrument.name());
        json.text("state", instrument.state().label());
        json.number("since_ms", instrument.sinceNs() / NS_PER_MS);
        json.text("detail", instrument.detail());
        json.end('}');
    }

    private void counters(CounterReading block) {
        json.begin(block.owner(), '{');
        for (Counter counter : Counter.values()) {
            if (block.get(counter) != 0) {
                json.number(counter.label(), block.get(counter));
            }
        }
        json.end('}');
    }

    private void latency(OwnedLatency owned) {
        LatencyReading reading = owned.reading();
        json.open('{');
        json.text("name", owned.latency().label());
        json.text("owner", owned.owner());
        json.number("count", reading.count());
        if (reading.count() != 0) {
            json.number("p50_ns", reading.percentileNs(50));
            json.number("p99_ns", reading.percentileNs(99));
            json.number("p999_ns", reading.percentileNs(99.9));
            json.number("max_ns", reading.maxNs());
        }
        json.end('}');
    }

    private void error(ErrorReading error) {
        json.open('{');
        json.text("code", error.code());
        json.text("owner", error.owner());
        json.number("count", error.count());
        json.number("first_ms", error.firstNs() / NS_PER_MS);
        json.number("last_ms", error.lastNs() / NS_PER_MS);
        json.text("detail", error.detail());
        json.end('}');
    }
}
