package com.waickoff.marketdata.mcp;

import static com.waickoff.marketdata.mcp.PlayedEngine.MINUTE_MS;
import static com.waickoff.marketdata.mcp.PlayedEngine.NOON_MS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code poll_order_flow} beside an engine that goes on writing: nothing twice, nothing missing. */
@Timeout(300)
class FollowedFlowTest {
    private static final long SEED = 20_260_105;
    private static final int MINUTES = 30;
    private static final int STEPS_A_MINUTE = 12;
    private static final long STEP_MS = MINUTE_MS / STEPS_A_MINUTE;
    /** Soon enough after a minute's beginning for the one before to be open still. */
    private static final long FIRST_STEP_MS = 1_500;
    /** In coins: so many of them are a trade that a copy of two moments shows. */
    private static final int QUANTITY = 2;
    private static final long PAUSE_NS = 50_000;

    @TempDir
    Path directory;

    /** The one that publishes to the engine. */
    private final ExecutorService player = Executors.newSingleThreadExecutor();
    private PlayedEngine engine;
    private Dialogue dialogue;
    private String cursor;
    private final AtomicInteger polls = new AtomicInteger();
    /** What was traded, by minutes since noon; the player's until it has ended. */
    private final Flow[] traded = new Flow[MINUTES + 1];
    private final TreeMap<Integer, Flow> told = new TreeMap<>();
    private final BitSet closed = new BitSet();
    /** The delta of all minutes before, as was told beside that of a minute. */
    private final TreeMap<Integer, Long> deltaBefore = new TreeMap<>();

    /** Trades and those of them that were bought. */
    private record Flow(long trades, long buys) {
        static final Flow NONE = new Flow(0, 0);

        Flow with(boolean isBuy) {
            return new Flow(trades + 1, buys + (isBuy ? 1 : 0));
        }

        long delta() {
            return QUANTITY * (2 * buys - trades);
        }
    }

    @BeforeEach
    void start() throws Exception {
        engine = PlayedEngine.of(directory);
        player.submit(() -> engine.define("0.1")).get();
        dialogue = Dialogue.initialized(engine::nowMs, directory);
    }

    @AfterEach
    void end() throws IOException {
        player.shutdownNow();
        player.close();
        dialogue.close();
        engine.close();
    }

    @Test
    void shouldTellEachClosedMinuteOnceAndCountThoseThatDoNotFit() throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Future<?> market = player.submit(() -> play(0));
        int nextMinute = 0;
        boolean isOver = false;
        boolean isFirst = true;
        while (!isOver) {
            isOver = market.isDone();
            // Two minutes can be open at once: both of them fit.
            JsonNode answer = poll(isOver ? 100 : 2 + random.nextInt(5));
            int count = answer.get("rows").size();
            if (count == 0) {
                assertThat(answer.get("dropped").asInt()).isZero();
                continue;
            }
            int from = nextMinute;
            int last = minute(answer, count - 1);
            nextMinute = last + 1;
            for (int row = count - 1; row >= 0; row--) {
                int minute = minute(answer, row);
                assertThat(minute).as("told again: %s", answer).isGreaterThanOrEqualTo(from);
                nextMinute = isClosed(answer, row) ? nextMinute : minute;
            }
            long traded = LongStream.rangeClosed(from, last)
                    .filter(FollowedFlowTest::isTraded).count();
            assertThat(answer.get("dropped").asLong()).as("%s", answer)
                    .isEqualTo(isFirst ? 0 : traded - count);
            isFirst = false;
            keep(answer);
        }
        market.get();

        long deltaSoFar = 0;
        for (int minute = 0; minute <= MINUTES; minute++) {
            if (closed.get(minute)) {
                assertThat(told.get(minute)).as("minute %d", minute).isEqualTo(traded[minute]);
            }
            assertThat(deltaBefore.getOrDefault(minute, deltaSoFar)).as("minute %d", minute)
                    .isEqualTo(deltaSoFar);
            deltaSoFar += traded[minute].delta();
        }
        assertThat(told.lastKey()).isEqualTo(MINUTES);
    }

    @Test
    void shouldTellAgainWhatLateTradesChanged() throws Exception {
        Future<?> market = player.submit(() -> play(20));
        boolean isOver = false;
        while (!isOver) {
            isOver = market.isDone();
            keep(poll(100));
        }
        market.get();

        for (int minute = 0; minute <= MINUTES; minute++) {
            Flow shown = told.getOrDefault(minute, Flow.NONE);
            assertThat(shown).as("minute %d", minute).isEqualTo(traded[minute]);
        }
    }

    private static boolean isTraded(long minute) {
        return minute % 7 != 3;
    }

    /**
     * The market of all minutes, and then of a last one when all before are closed and kept.
     *
     * @param latePercent of trades that are of one of the last minutes
     */
    private void play(int latePercent) {
        SplittableRandom random = new SplittableRandom(SEED);
        Arrays.fill(traded, Flow.NONE);
        for (int step = 0; step < MINUTES * STEPS_A_MINUTE; step++) {
            int minute = step / STEPS_A_MINUTE;
            boolean isFirst = step % STEPS_A_MINUTE == 0;
            engine.passTo(NOON_MS + step * STEP_MS + (isFirst ? FIRST_STEP_MS : 0));
            if (random.nextInt(100) < latePercent) {
                trade(Math.max(0, minute - random.nextInt(12)), random.nextBoolean());
            } else if (isTraded(minute)) {
                trade(minute, random.nextBoolean());
            }
            if (isFirst && minute % 10 < 5) {
                awaitPoll();
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        engine.passTo(NOON_MS + MINUTES * MINUTE_MS + 5_000);
        trade(MINUTES, true);
    }

    /** Waits until one was answered that was asked after now: it sees the market as it is. */
    private void awaitPoll() {
        int seen = polls.get();
        while (polls.get() < seen + 2 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(PAUSE_NS);
        }
    }

    private void trade(int minute, boolean isBuy) {
        traded[minute] = traded[minute].with(isBuy);
        engine.trade(Math.min(engine.nowMs(), NOON_MS + minute * MINUTE_MS + MINUTE_MS - 1),
                "97000.5", Integer.toString(QUANTITY), isBuy);
    }

    private JsonNode poll(int most) throws IOException {
        JsonNode answer = dialogue.answer("poll_order_flow", "{'instrument':'BTCUSDT','max_items':"
                + most + (cursor == null ? "" : ",'wait_ms':5,'cursor':'" + cursor + "'") + "}");
        cursor = answer.get("nextCursor").asString();
        polls.incrementAndGet();
        return answer;
    }

    private static int minute(JsonNode answer, int row) {
        return Math.toIntExact((answer.get("t0Ms").asLong() - NOON_MS) / MINUTE_MS
                + answer.get("rows").get(row).get(0).asLong());
    }

    private static boolean isClosed(JsonNode answer, int row) {
        return answer.get("rows").get(row).get(6).asBoolean();
    }

    /** Takes the rows as the last word on their minutes, if each is of one moment. */
    private void keep(JsonNode answer) {
        for (int i = 0; i < answer.get("rows").size(); i++) {
            JsonNode row = answer.get("rows").get(i);
            long trades = row.get(5).asLong();
            BigDecimal delta = row.get(3).decimalValue();
            long buys = (delta.longValueExact() / QUANTITY + trades) / 2;
            Flow flow = new Flow(trades, buys);
            assertThat(row.get(2).decimalValue().longValueExact()).as("%s", row)
                    .isEqualTo(QUANTITY * trades);
            assertThat(flow.delta()).as("%s", row).isEqualTo(delta.longValueExact());
            int minute = minute(answer, i);
            // Not known of a minute that the engine stopped showing meanwhile.
            if (!row.get(4).isNull()) {
                deltaBefore.put(minute,
                        row.get(4).decimalValue().longValueExact() - flow.delta());
            }
            closed.set(minute, row.get(6).asBoolean());
            Flow before = told.put(minute, flow);
            assertThat(before == null || before.trades <= trades).as("%s", answer).isTrue();
        }
    }
}
