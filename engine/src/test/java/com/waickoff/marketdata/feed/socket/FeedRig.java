package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.CollectingSink;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.ReceiveClock;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import com.waickoff.marketdata.status.ErrorReading;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.FeedStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A loop with one feed, whose sink and status are in the hands of a test. */
final class FeedRig implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PATIENCE_MS = (int) PATIENCE.toMillis();
    private static final int NEVER_MS = Integer.MAX_VALUE;
    private static final long NS_PER_S = 1_000_000_000;
    /** What passes with a tick while time is in a hurry. */
    private static final long HURRIED_NS = 10 * NS_PER_S;

    final CollectingSink sink;
    final InstrumentCatalogue catalogue = new InstrumentCatalogue(64);
    final CounterBlock counters = CounterBlock.onHeap("feed");
    final FeedStatus status = FeedStatus.onHeap("feed");
    final ErrorLog errors = ErrorLog.onHeap(() -> 0);
    final List<Throwable> failures = new CopyOnWriteArrayList<>();
    final FeedLoop loop;
    private final FeedClock clock;
    /** By how much the loop's clock is ahead of the machine's; written by the loop. */
    private final AtomicLong aheadNs = new AtomicLong();
    private volatile BooleanSupplier isHurryOver = () -> true;
    private boolean isStopped;

    FeedRig(LoopSettings settings, long seed) throws IOException {
        this(settings, seed, CollectingSink.keeping(1 << 14), null);
    }

    FeedRig(LoopSettings settings, long seed, CollectingSink sink, EventSink instead)
            throws IOException {
        System.out.println("seed " + seed);
        this.sink = sink;
        EventSink used = instead == null ? sink : instead;
        Instant now = Instant.now();
        clock = new FeedClock(used);
        loop = new FeedLoop(used, clock,
                new ReceiveClock(now.getEpochSecond() * NS_PER_S + now.getNano(),
                        () -> System.nanoTime() + aheadNs.get()),
                settings, new SplittableRandom(seed), ns -> ticked(),
                failures::add);
    }

    private void ticked() {
        aheadNs.addAndGet(isHurryOver.getAsBoolean() ? 0 : HURRIED_NS);
    }

    /** Settings by which a server that is slow, because the machine is, is nothing worse. */
    static FeedSettings patient(FeedSettings settings) {
        return settings.withConnectTimeoutsMs(PATIENCE_MS, PATIENCE_MS)
                .withSilenceTimeoutMs(NEVER_MS)
                .withRest(PATIENCE_MS, settings.restSpacingMs(), settings.maxAnswerBytes());
    }

    /**
     * Lets the loop's clock go faster, ten seconds more with each tick, and waits until something has
     * come of that. The loop itself looks, and no time is in a hurry behind it.
     */
    void hurryUntil(BooleanSupplier condition) {
        isHurryOver = condition;
        await().atMost(PATIENCE).until(condition::getAsBoolean);
        isHurryOver = () -> true;
    }

    /** Adds a feed of a venue, and starts. */
    FeedRig start(FeedSettings settings, Function<FeedPorts, VenueProtocol> protocol) {
        return start(settings, protocol, sink);
    }

    FeedRig start(FeedSettings settings, Function<FeedPorts, VenueProtocol> protocol,
            EventSink into) {
        loop.add(settings, status, counters, errors,
                transport -> protocol.apply(new FeedPorts(into, catalogue,
                        new TradeChains(catalogue), clock, transport, counters,
                        FrameRejections.UNHEARD)));
        loop.start();
        return this;
    }

    /** Adds any protocol, and starts. */
    FeedRig startRaw(FeedSettings settings,
            Function<VenueTransport, VenueProtocol> protocol) {
        loop.add(settings, status, counters, errors, protocol);
        loop.start();
        return this;
    }

    FeedState state() {
        return status.read().state();
    }

    String detail() {
        return status.read().detail();
    }

    long count(Counter counter) {
        return counters.get(counter);
    }

    void awaitState(FeedState state) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state()).as(detail())
                .isEqualTo(state));
    }

    void awaitDetail(String part) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(detail()).contains(part));
    }

    void awaitCount(Counter counter, long least) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(count(counter)).as(detail())
                .isGreaterThanOrEqualTo(least));
    }

    /** Codes of the distinct errors so far. */
    List<String> errorCodes() {
        return errors.read().stream().map(ErrorReading::code).toList();
    }

    /** Ends the loop; what was published can be looked at then. */
    FeedRig stop() {
        if (!isStopped) {
            isStopped = true;
            assertThat(loop.stop(PATIENCE)).as("the loop's thread has ended").isTrue();
        }
        return this;
    }

    /** What was published, but for clocks. */
    List<MarketEvent> events() {
        List<MarketEvent> events = new ArrayList<>();
        for (MarketEvent event : stop().sink.events()) {
            if (event.kind() != EventKind.CLOCK) {
                events.add(event);
            }
        }
        return events;
    }

    @Override
    public void close() {
        stop();
        loop.close(); // a second time, which must do no harm
    }
}
