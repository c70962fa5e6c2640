package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.BookStateChanged;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.FeedStateChanged;
import com.waickoff.marketdata.storage.effect.TradeProcessed;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import io.lettuce.core.RedisFuture;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of each instrument, in a hash that expires, and a word on a channel that its
 * stream has grown. Both on a connection of their own and as well as it goes: who misses a word or a
 * hash finds all of it in the stream.
 *
 * <p>Threads: one; {@link #close()} from any.
 */
final class LatestCache implements AutoCloseable {
    /** After a failure the cache is left alone for so long, so that it does not hold up the bus. */
    private static final Duration REST = Duration.ofSeconds(5);

    private final RedisConnections connections;
    private final RedisKeys keys;
    private final Duration expiry;
    private final LongSupplier nanoClock;
    private final Map<String, long[]> newestStarts = new HashMap<>();
    private volatile @Nullable RedisChannel channel;
    private long restsUntilNs;
    private boolean resting;
    private long failures;

    LatestCache(RedisConnections connections, RedisKeys keys, Duration expiry,
            LongSupplier nanoClock) {
        this.connections = connections;
        this.keys = keys;
        this.expiry = expiry;
        this.nanoClock = nanoClock;
    }

    /** Shows effects that are in their streams by now. */
    void show(List<Effect> effects) {
        if (resting && nanoClock.getAsLong() - restsUntilNs < 0) {
            return;
        }
        try {
            send(latestOf(effects));
            resting = false;
        } catch (SinkUnavailableException e) {
            failures++;
            close();
            resting = true;
            restsUntilNs = nanoClock.getAsLong() + REST.toNanos();
        }
    }

    /** How often it could not be reached. */
    long failures() {
        return failures;
    }

    private void send(Map<String, Map<String, String>> latest) throws SinkUnavailableException {
        RedisChannel open = channel;
        if (open == null) {
            open = connections.open("cache");
            channel = open;
        }
        RedisFuture<?> last = null;
        for (Map.Entry<String, Map<String, String>> entry : latest.entrySet()) {
            String key = keys.latest(entry.getKey());
            open.expect(open.commands().hset(key, entry.getValue()));
            open.expect(open.commands().pexpire(key, expiry));
            last = open.commands().publish(keys.wake(entry.getKey()),
                    entry.getValue().getOrDefault("id", ""));
        }
        if (last != null) {
            open.flush(last);
        }
    }

    private Map<String, Map<String, String>> latestOf(List<Effect> effects) {
        Map<String, Map<String, String>> latest = new LinkedHashMap<>();
        for (Effect effect : effects) {
            Map<String, String> fields = latest.computeIfAbsent(effect.instrument().name(),
                    name -> new LinkedHashMap<>());
            fields.put("id", effect.id().toString());
            fields.put("receive_time_ns", Long.toString(effect.receiveTimeNs()));
            switch (effect) {
                case TradeProcessed trade -> trade(fields, trade);
                case WindowClosed closed -> window(fields, closed, closed.window(), false);
                case WindowRevised revised -> window(fields, revised, revised.window(), true);
                case BookStateChanged book -> fields.put("book_state", book.state().label());
                case FeedStateChanged feed ->
                    fields.put("feed_state", feed.isUp() ? "up" : "down");
                default -> {
                    // Nothing that the next one would replace.
                }
            }
        }
        return latest;
    }

    private static void trade(Map<String, String> fields, TradeProcessed trade) {
        if (trade.isOffBook() || trade.isRepaired()) {
            return;
        }
        Instrument instrument = trade.instrument();
        fields.put("match_time_ns", Long.toString(trade.matchTimeNs()));
        fields.put("price", Decimal.toString(trade.price(), instrument.priceScale()));
        fields.put("quantity", Decimal.toString(trade.quantity(), instrument.quantityScale()));
        fields.put("side", trade.isBuy() ? "buy" : "sell");
    }

    private void window(Map<String, String> fields, Effect effect, WindowState window,
            boolean isRevision) {
        Instrument instrument = effect.instrument();
        long[] newest = newestStarts.computeIfAbsent(instrument.name(), name -> {
            long[] none = new long[Timeframe.COUNT];
            Arrays.fill(none, Long.MIN_VALUE);
            return none;
        });
        int timeframe = window.timeframe().ordinal();
        if (isRevision ? window.startMs() != newest[timeframe]
                : window.startMs() < newest[timeframe]) {
            return;
        }
        newest[timeframe] = window.startMs();
        String prefix = "closed_" + window.timeframe().label() + "_";
        fields.put(prefix + "start_ms", Long.toString(window.startMs()));
        int priceScale = instrument.priceScale();
        fields.put(prefix + "open", Decimal.toString(window.open(), priceScale));
        fields.put(prefix + "high", Decimal.toString(window.high(), priceScale));
        fields.put(prefix + "low", Decimal.toString(window.low(), priceScale));
        fields.put(prefix + "close", Decimal.toString(window.close(), priceScale));
        int quantityScale = instrument.quantityScale();
        fields.put(prefix + "volume", Decimal.toString(window.volume(), quantityScale));
        fields.put(prefix + "delta", Decimal.toString(window.delta(), quantityScale));
        fields.put(prefix + "coverage_ppm", Integer.toString(window.coverage().ppm()));
        ValueArea area = window.valueArea();
        fields.put(prefix + "poc", area == null ? ""
                : Decimal.toString(area.poc() * window.rows().rowSize(), priceScale));
    }

    @Override
    public void close() {
        RedisChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
