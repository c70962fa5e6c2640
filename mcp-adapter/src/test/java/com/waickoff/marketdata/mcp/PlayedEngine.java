package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.EngineWorld;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.HistoryConfig;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An engine in this process that a test plays the market to, in a time of its own: one instrument, on
 * one feed.
 *
 * <p>Threads: one plays, from the definition on; any asks for the time.
 */
final class PlayedEngine implements AutoCloseable {
    static final String NAME = "bybit-linear:BTCUSDT";
    /** Noon of some day. */
    static final long NOON_MS = 1_767_614_400_000L;
    static final long MINUTE_MS = 60_000;

    private static final long NS_PER_MS = 1_000_000L;
    private static final long CLOCK_MS = 100;

    private final Engine engine;
    private final EventSink sink;
    private Instrument instrument;
    private long epoch;
    private long lastTradeId;
    private long lastUpdateId;
    private volatile long nowMs = NOON_MS;

    private PlayedEngine(Engine engine) {
        this.engine = engine;
        sink = engine.sink();
    }

    /** Nothing but its snapshot. */
    static PlayedEngine of(Path dataDir) throws IOException {
        return of(EngineConfig.defaults(dataDir), false);
    }

    /** With so little room in its snapshot that it has the last windows only. */
    static PlayedEngine forgetful(Path dataDir, boolean isJournaled) throws IOException {
        return of(EngineConfig.defaults(dataDir).withHistory(HistoryConfig.SMALL), isJournaled);
    }

    private static PlayedEngine of(EngineConfig config, boolean isJournaled) throws IOException {
        Files.createDirectories(config.dataDir());
        EngineConfig small = new EngineConfig(config.dataDir(), config.journalDir(), 4,
                new RingConfig(1 << 12, Topology.INLINE, 1, RingConfig.Idle.SLEEPING),
                JournalConfig.DEFAULT, config.windows(), config.depth(), config.coverage(),
                config.flow(), config.history(), config.instruments());
        long startNs = NOON_MS * NS_PER_MS;
        return new PlayedEngine(Engine.open(small, new EngineWorld(Run.ofThisProcess(startNs),
                isJournaled, () -> startNs, CounterBlock::onHeap, () -> WindowListener.NONE,
                note -> {})));
    }

    /** The time of the market, in ms since the epoch. */
    long nowMs() {
        return nowMs;
    }

    /** Defines the instrument, or defines it anew by another tick. */
    void define(String tick) {
        Instrument former = instrument;
        Instrument next = Instrument.of(0, "bybit-linear", "BTCUSDT", new BigDecimal(tick),
                new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC", "USDT", false);
        if (former != null) {
            resetBook(Reason.REDEFINED);
            feedDown(Reason.REDEFINED);
            next = next.notCoarserThan(former);
        }
        instrument = engine.catalogue().define(next);
        sink.next().instrument(instrument.id(), nowNs());
        sink.commit();
        engine.heartbeat(nowNs());
        feedUp();
    }

    void feedUp() {
        sink.next().feedUp(instrument.id(), nowNs(), nowNs(), ++epoch);
        sink.commit();
        sink.endOfRead();
    }

    void feedDown(Reason reason) {
        sink.next().feedDown(instrument.id(), nowNs(), epoch, reason);
        sink.commit();
        sink.endOfRead();
    }

    /** A trade that is received now. */
    void trade(long matchMs, String price, String quantity, boolean isBuy) {
        trade(matchMs, scaled(price, instrument.priceScale()),
                scaled(quantity, instrument.quantityScale()), isBuy);
    }

    /** The same by scaled numbers. */
    void trade(long matchMs, long price, long quantity, boolean isBuy) {
        sink.next().trade(instrument.id(), matchMs * NS_PER_MS, nowNs(), price, quantity,
                ++lastTradeId, 0, isBuy ? EventFlags.BUY : 0);
        sink.commit();
        sink.endOfRead();
    }

    /** A book of one bid and one ask that follows its venue. */
    void book(String bid, String ask) {
        lastUpdateId++;
        level(bid, EventFlags.BID | EventFlags.SNAPSHOT);
        level(ask, EventFlags.SNAPSHOT);
        sink.commit();
        sink.next().bookReady(instrument.id(), nowNs(), nowNs(), lastUpdateId);
        sink.commit();
        sink.endOfRead();
    }

    private void level(String price, int flags) {
        sink.next().bookLevel(instrument.id(), nowNs(), nowNs(),
                scaled(price, instrument.priceScale()), 100, lastUpdateId, flags);
    }

    void resetBook(Reason reason) {
        sink.next().bookReset(instrument.id(), nowNs(), nowNs(), lastUpdateId, reason);
        sink.commit();
        sink.endOfRead();
    }

    /** Time passes; the engine lives. */
    void passTo(long untilMs) {
        for (long atMs = (nowMs / CLOCK_MS + 1) * CLOCK_MS; atMs <= untilMs; atMs += CLOCK_MS) {
            sink.next().clock(atMs * NS_PER_MS);
            sink.commit();
        }
        nowMs = untilMs;
        engine.heartbeat(nowNs());
        sink.endOfRead();
    }

    /** Time passes, of which the engine learns nothing. */
    void standStillUntil(long untilMs) {
        nowMs = untilMs;
    }

    private long nowNs() {
        return nowMs * NS_PER_MS;
    }

    private static long scaled(String number, int scale) {
        return new BigDecimal(number).scaleByPowerOfTen(scale).longValueExact();
    }

    @Override
    public void close() {
        engine.close();
    }
}
