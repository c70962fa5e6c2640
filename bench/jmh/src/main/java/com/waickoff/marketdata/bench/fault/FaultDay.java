package com.waickoff.marketdata.bench.fault;

import com.waickoff.marketdata.EngineException;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.LineFault;
import com.waickoff.venue.serve.LineFaults;
import com.waickoff.venue.serve.VenueLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * A day of a market on a bad line, made short: connections are ended by plan and without one, frames
 * get lost, come twice, late and in another order, all by chance and by seed. At its end what the
 * engine computed is compared with what happened. What REST requests the venue allows and how long a
 * connection takes are of the wall clock, so the faster the market, the less of it can be repaired.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -Xmx3g \
 *       -cp bench/jmh/target/benchmarks.jar com.waickoff.marketdata.bench.fault.FaultDay \
 *       [SEED [SPEED [HOURS [VENUE …]]]]
 * </pre>
 *
 * Ends with status 1 if a window that is called complete is not true, or a book differs from the
 * truth, or a trade whose ids chain is missing or twice.
 */
public final class FaultDay {
    private static final long DEFAULT_SEED = 1;
    private static final double DEFAULT_SPEED = 30;
    private static final int DEFAULT_HOURS = 24;
    private static final int VENUES_ARGUMENT = 3;
    /** So many that no trade is a minute behind the one before it. */
    private static final double ACTIONS_PER_SECOND = 20;
    private static final long PLANNED_END_MS = 60_000;
    private static final double PER_FRAME = 0.0002;
    private static final double PER_FRAME_END = 0.00002;

    private FaultDay() {}

    /** See the class. */
    public static void main(String[] args) throws IOException, EngineException, ReplayException,
            TimeoutException, InterruptedException {
        long seed = args.length == 0 ? DEFAULT_SEED : Long.parseLong(args[0]);
        double speed = args.length < 2 ? DEFAULT_SPEED : Double.parseDouble(args[1]);
        int hours = args.length < 3 ? DEFAULT_HOURS : Integer.parseInt(args[2]);
        boolean isTrue = true;
        List<Venue> venues = args.length <= VENUES_ARGUMENT
                ? List.of(Venue.BYBIT_LINEAR, Venue.BINANCE_USDM, Venue.BINANCE_SPOT)
                : Arrays.stream(args).skip(VENUES_ARGUMENT).map(Venue::of).toList();
        for (Venue venue : venues) {
            isTrue &= play(venue, seed, speed, hours);
        }
        System.exit(isTrue ? 0 : 1);
    }

    private static boolean play(Venue venue, long seed, double speed, int hours)
            throws IOException, EngineException, ReplayException, TimeoutException,
            InterruptedException {
        System.out.println(venue.label() + ", seed " + seed + ": " + hours + " h at " + speed
                + " times their speed");
        LineFaults faults = LineFaults.of(LineFault.DUPLICATE, PER_FRAME, seed)
                .with(LineFault.CUT, PER_FRAME_END)
                .with(LineFault.CUT_IN_FRAME, PER_FRAME_END).with(LineFault.RESET, PER_FRAME_END)
                .with(LineFault.CLOSE, PER_FRAME_END);
        if (!venue.label().startsWith("bybit")) {
            // Of a tape whose ids do not chain nobody can know that a frame of it is missing.
            faults = faults.with(LineFault.DROP, PER_FRAME).with(LineFault.LATE, PER_FRAME)
                    .with(LineFault.SWAP, PER_FRAME);
        }
        try (Scene scene = Scene.builder(venue, seed).market(Duration.ofHours(hours)).speed(speed)
                .actionsPerSecond(ACTIONS_PER_SECOND)
                .server(server -> server.limits(VenueLimits.of(venue)
                        .withLifetimeMs(PLANNED_END_MS).withConnectsPerFiveMinutes(0)))
                .line(line -> line.withLifetimeMs(PLANNED_END_MS / 2)).open()) {
            scene.awaitSteady();
            scene.server().setFaults(faults);
            // The last of it undisturbed, for books need time to be whole again.
            scene.await("the last hour", () -> scene.server().counts().ended()
                    || scene.marketMs() >= (hours - 1) * 3_600_000L);
            scene.server().setFaults(LineFaults.none());
            Truth truth = scene.finish();
            System.out.println("  connections " + scene.count(Counter.CONNECTS) + ", renewed "
                    + scene.count(Counter.RENEWALS) + ", frames "
                    + scene.count(Counter.FRAMES_RECEIVED) + ", befallen "
                    + scene.server().counts().faults());
            System.out.println("  trades " + truth.trades() + ", missing " + truth.missing()
                    + ", doubled " + truth.doubled() + ", received twice "
                    + scene.count(Counter.DUPLICATE_TRADES) + ", declared missing "
                    + scene.count(Counter.TRADES_MISSING) + ", repaired "
                    + scene.count(Counter.TRADES_REPAIRED));
            System.out.println("  windows complete " + truth.complete() + ", of them untrue "
                    + truth.untrue() + ", declared " + truth.declared() + ", of which lack none "
                    + truth.spared() + "; books " + (truth.isBookTrue() ? "true" : "WRONG"));
            truth.examples().forEach(System.out::println);
            boolean isWhole = truth.missing() == 0 || venue.label().startsWith("bybit");
            return isWhole && truth.doubled() == 0 && truth.untrue() == 0 && truth.isBookTrue();
        }
    }
}
