package com.waickoff.marketdata.bench.fault;

import com.waickoff.marketdata.EngineException;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.feed.StreamSettings;
import com.waickoff.marketdata.feed.socket.FeedSettings;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.Limit;
import com.waickoff.venue.serve.LineFault;
import com.waickoff.venue.serve.LineFaults;
import com.waickoff.venue.serve.ServedCounts;
import com.waickoff.venue.serve.VenueClock;
import com.waickoff.venue.serve.VenueLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A day of a market on a bad line, made short by the clock: connections are ended by plan and without
 * one, frames get lost, come twice, late and in another order, all by chance and by seed. At its end
 * what the engine computed is compared with what happened.
 *
 * <p>Venue and engine live by one clock that is many times faster than the machine's. So all that is
 * timed is faster alike: the market, what the venue allows and how it bans, its pings, the lives of
 * connections; the pauses, budgets, timeouts and watchdogs of the engine. Only the machine itself is
 * not: a connection over its loopback takes as much of the day as at night an ocean's, and timeouts
 * that would be of 5 or 10 s are {@value #PATIENCE_MS} ms of that clock.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -Xmx3g \
 *       -cp bench/jmh/target/benchmarks.jar com.waickoff.marketdata.bench.fault.FaultDay \
 *       [SEED [SPEED [HOURS [VENUE …]]]]
 * </pre>
 *
 * Ends with status 1 if a window that is called complete is not true, or a book differs from the
 * truth, or a trade whose ids chain is missing, or any twice, or a limit of a venue was broken.
 */
public final class FaultDay {
    private static final long DEFAULT_SEED = 1;
    private static final double DEFAULT_SPEED = 60;
    private static final int DEFAULT_HOURS = 24;
    private static final int VENUES_ARGUMENT = 3;
    /** So many that no trade is a minute behind the one before it. */
    private static final double ACTIONS_PER_SECOND = 20;
    /** How long the venue lets connections live, and the engine knows it. */
    private static final long LIFETIME_MS = 3 * 60_000;
    /** How long the machine may take for what the network takes seconds for, of the day's clock. */
    private static final int PATIENCE_MS = 600_000;
    private static final double PER_FRAME = 0.001;
    private static final double PER_FRAME_END = 0.0001;
    /** Undisturbed in the end, for books need time to be whole again. */
    private static final long LAST_MS = 10 * 60_000;
    /** What the engine asks for, and what REST is answered from: others would cost time for nothing. */
    private static final List<String> BYBIT_STREAMS = List.of("publicTrade.", "orderbook.1.",
            "orderbook.200.");
    private static final List<String> BINANCE_STREAMS = List.of("@trade", "@aggTrade",
            "@depth@100ms", "@depth5");
    private static final long HOUR_MS = 3_600_000;

    /** What a day gave. */
    private record Day(Venue venue, int hours, Truth truth, ServedCounts served,
            List<String> cells) {
        boolean isGood() {
            boolean isWhole = truth.missing() == 0 || isBybit(venue);
            return isWhole && truth.doubled() == 0 && truth.untrue() == 0 && truth.isBookTrue()
                    && broken() == 0;
        }

        long broken() {
            return Arrays.stream(Limit.values()).mapToLong(served::violations).sum();
        }
    }

    private FaultDay() {}

    private static boolean isBybit(Venue venue) {
        return venue.label().startsWith("bybit");
    }

    /** See the class. */
    public static void main(String[] args) throws IOException, EngineException, ReplayException,
            TimeoutException, InterruptedException {
        long seed = args.length == 0 ? DEFAULT_SEED : Long.parseLong(args[0]);
        double speed = args.length < 2 ? DEFAULT_SPEED : Double.parseDouble(args[1]);
        int hours = args.length < VENUES_ARGUMENT ? DEFAULT_HOURS : Integer.parseInt(args[2]);
        List<Venue> venues = args.length <= VENUES_ARGUMENT
                ? List.of(Venue.BYBIT_LINEAR, Venue.BINANCE_USDM, Venue.BINANCE_SPOT)
                : Arrays.stream(args).skip(VENUES_ARGUMENT).map(Venue::of).toList();
        System.out.println("seed " + seed + ", " + hours + " h by a clock " + speed
                + " times as fast as the machine's\n");
        List<Day> days = new ArrayList<>();
        for (Venue venue : venues) {
            days.add(play(venue, seed, speed, hours));
            days.getLast().truth().examples().forEach(System.err::println);
            System.err.println(days.getLast().cells());
        }
        print(days);
        System.exit(days.stream().allMatch(Day::isGood) ? 0 : 1);
    }

    private static Day play(Venue venue, long seed, double speed, int hours)
            throws IOException, EngineException, ReplayException, TimeoutException,
            InterruptedException {
        try (Scene scene = Scene.builder(venue, seed).market(Duration.ofHours(hours)).speed(1)
                .clock(VenueClock.faster(speed)).actionsPerSecond(ACTIONS_PER_SECOND)
                .server(server -> server
                        .limits(VenueLimits.of(venue).withLifetimeMs(LIFETIME_MS)))
                .served(isBybit(venue) ? BYBIT_STREAMS : BINANCE_STREAMS)
                .streams(StreamSettings.DEFAULT).line(FaultDay::line).open()) {
            scene.awaitSteady();
            scene.server().setFaults(faults(venue, seed));
            scene.await("the last minutes", () -> scene.server().end().isDone()
                    || scene.marketMs() >= hours * HOUR_MS - LAST_MS);
            scene.server().setFaults(LineFaults.none());
            Truth truth = scene.finish();
            ServedCounts served = scene.server().counts();
            return new Day(venue, hours, truth, served, cells(scene, truth, served));
        }
    }

    private static FeedSettings line(FeedSettings line) {
        return line.withBackOffMs(FeedSettings.DEFAULT_FIRST_BACK_OFF_MS,
                FeedSettings.DEFAULT_MAX_BACK_OFF_MS).withLifetimeMs(LIFETIME_MS)
                .withConnectTimeoutsMs(PATIENCE_MS, PATIENCE_MS)
                .withSilenceTimeoutMs(PATIENCE_MS).withRest(PATIENCE_MS,
                        FeedSettings.DEFAULT_REST_SPACING_MS,
                        FeedSettings.DEFAULT_MAX_ANSWER_BYTES);
    }

    private static LineFaults faults(Venue venue, long seed) {
        LineFaults faults = LineFaults.of(LineFault.DUPLICATE, PER_FRAME, seed)
                .with(LineFault.CUT, PER_FRAME_END).with(LineFault.CUT_IN_FRAME, PER_FRAME_END)
                .with(LineFault.RESET, PER_FRAME_END).with(LineFault.CLOSE, PER_FRAME_END);
        // Of a tape whose ids do not chain nobody can know that a frame of it is missing.
        return isBybit(venue) ? faults
                : faults.with(LineFault.DROP, PER_FRAME).with(LineFault.LATE, PER_FRAME)
                        .with(LineFault.SWAP, PER_FRAME);
    }

    private static List<String> cells(Scene scene, Truth truth, ServedCounts served) {
        return List.of(Long.toString(scene.count(Counter.FRAMES_RECEIVED)),
                Long.toString(served.faults()), Long.toString(scene.count(Counter.CONNECTS)),
                Long.toString(scene.count(Counter.RENEWALS)),
                Long.toString(scene.count(Counter.BOOK_RESETS)), Long.toString(truth.trades()),
                Long.toString(truth.missing()), Long.toString(truth.doubled()),
                Long.toString(scene.count(Counter.DUPLICATE_TRADES)),
                Long.toString(scene.count(Counter.TRADES_MISSING)),
                Long.toString(scene.count(Counter.TRADES_REPAIRED)),
                Integer.toString(truth.complete()), Integer.toString(truth.untrue()),
                Integer.toString(truth.declared()), Integer.toString(truth.spared()),
                truth.isBookTrue() ? "true" : "**wrong**");
    }

    private static void print(List<Day> days) {
        System.out.println("| venue | hours | frames | befallen | connections | renewed"
                + " | books begun anew | trades | missing | doubled | received twice"
                + " | declared missing | repaired | windows complete | of them untrue | declared"
                + " | of which lack none | books |");
        System.out.println("|---|" + "--:|".repeat(16) + "---|");
        for (Day day : days) {
            System.out.println("| " + day.venue().label() + " | " + day.hours() + " | "
                    + String.join(" | ", day.cells()) + " |");
        }
        System.out.println();
        for (Day day : days) {
            System.out.println(day.venue().label() + ": " + Arrays.stream(Limit.values())
                    .filter(limit -> day.served().peak(limit) > 0)
                    .map(limit -> limit + " at most " + day.served().peak(limit) + ", broken "
                            + day.served().violations(limit) + " times")
                    .collect(Collectors.joining("; ")) + "; pongs " + day.served().pongs());
        }
    }
}
