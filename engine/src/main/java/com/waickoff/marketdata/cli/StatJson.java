package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.cli.StatusReport.Reading;
import com.waickoff.marketdata.status.ClockReading;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterReading;
import com.waickoff.marketdata.status.ErrorReading;
import com.waickoff.marketdata.status.FeedReading;
import com.waickoff.marketdata.status.InstrumentReading;
import com.waickoff.marketdata.status.LatencyReading;
import com.waickoff.marketdata.status.StatusReader.OwnedLatency;
import java.util.Locale;

/**
 * How an engine is doing, as one line of JSON: what {@link StatusReport} shows, as numbers with their
 * units in the names. Counts are since the engine's start.
 */
final class StatJson {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int FIRST_PRINTABLE = 0x20;

    private final Reading now;
    private final StringBuilder json = new StringBuilder();

    private StatJson(Reading now) {
        this.now = now;
    }

    /**
     * The JSON of a reading.
     *
     * @param isConserved whether everything is accounted for
     */
    static String of(Reading now, boolean isConserved) {
        return new StatJson(now).write(isConserved);
    }

    private String write(boolean isConserved) {
        json.append('{');
        literal("running", Boolean.toString(now.isRunning()));
        literal("accounted", Boolean.toString(isConserved));
        number("pid", now.run().pid());
        number("started_ms", now.run().startNs() / NS_PER_MS);
        number("heartbeat_ms", now.heartbeatNs() / NS_PER_MS);
        begin("feeds", '[');
        now.feeds().forEach(this::feed);
        end(']');
        begin("instruments", '[');
        now.instruments().forEach(this::instrument);
        end(']');
        begin("counters", '{');
        now.counters().forEach(this::counters);
        end('}');
        begin("latencies", '[');
        now.latencies().forEach(this::latency);
        end(']');
        begin("errors", '[');
        now.errors().forEach(this::error);
        end(']');
        return json.append('}').toString();
    }

    private void feed(FeedReading feed) {
        open('{');
        text("name", feed.name());
        text("state", feed.state().label());
        number("since_ms", feed.sinceNs() / NS_PER_MS);
        number("last_frame_ms", feed.lastFrameNs() / NS_PER_MS);
        number("connections", feed.epoch());
        text("detail", feed.detail());
        ClockReading clock = now.clock(feed.name());
        if (clock == null) {
            literal("clock", "null");
        } else {
            begin("clock", '{');
            number("offset_ns", clock.offsetNs());
            number("round_trip_ns", clock.roundTripNs());
            number("measured_ms", clock.measuredNs() / NS_PER_MS);
            end('}');
        }
        end('}');
    }

    private void instrument(InstrumentReading instrument) {
        open('{');
        text("name", instrument.name());
        text("state", instrument.state().label());
        number("since_ms", instrument.sinceNs() / NS_PER_MS);
        text("detail", instrument.detail());
        end('}');
    }

    private void counters(CounterReading block) {
        begin(block.owner(), '{');
        for (Counter counter : Counter.values()) {
            if (block.get(counter) != 0) {
                number(counter.label(), block.get(counter));
            }
        }
        end('}');
    }

    private void latency(OwnedLatency owned) {
        LatencyReading reading = owned.reading();
        open('{');
        text("name", owned.latency().label());
        text("owner", owned.owner());
        number("count", reading.count());
        if (reading.count() != 0) {
            number("p50_ns", reading.percentileNs(50));
            number("p99_ns", reading.percentileNs(99));
            number("p999_ns", reading.percentileNs(99.9));
            number("max_ns", reading.maxNs());
        }
        end('}');
    }

    private void error(ErrorReading error) {
        open('{');
        text("code", error.code());
        text("owner", error.owner());
        number("count", error.count());
        number("first_ms", error.firstNs() / NS_PER_MS);
        number("last_ms", error.lastNs() / NS_PER_MS);
        text("detail", error.detail());
        end('}');
    }

    private void open(char bracket) {
        comma();
        json.append(bracket);
    }

    private void begin(String name, char bracket) {
        name(name);
        json.append(bracket);
    }

    private void end(char bracket) {
        json.append(bracket);
    }

    private void number(String name, long value) {
        literal(name, Long.toString(value));
    }

    private void literal(String name, String value) {
        name(name);
        json.append(value);
    }

    private void text(String name, String value) {
        name(name);
        quote(value);
    }

    private void name(String name) {
        comma();
        quote(name);
        json.append(':');
    }

    private void comma() {
        char last = json.isEmpty() ? '{' : json.charAt(json.length() - 1);
        if (last != '{' && last != '[' && last != ':') {
            json.append(',');
        }
    }

    private void quote(String value) {
        json.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < FIRST_PRINTABLE) {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
