package com.waickoff.marketdata.bench.fault;

import com.waickoff.marketdata.EngineException;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.Limit;
import com.waickoff.venue.serve.ServedCounts;
import com.waickoff.venue.serve.VenueLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Every fault between venue and engine, one after the other, each with a market, a venue and an
 * engine of its own over real sockets; prints a table of when it was noticed, by what, when all was
 * steady again, and what it cost.
 *
 * <pre>
 *   java @config/jvm/common.options @config/jvm/tools.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.fault.FaultRun [SEED [AT_ONCE [GROUP …]]]
 * </pre>
 *
 * Packets are lost by {@code nft}, where it is there and ours to use; without it those rows are left
 * out, and it says so.
 *
 * <p>The markets run twenty times as fast as they happen; times in the table are of the wall clock. Ends
 * with status 1 if a window that is called complete is not true, or a book differs from the truth.
 */
public final class FaultRun {
    private static final long DEFAULT_SEED = 1;
    private static final int DEFAULT_AT_ONCE = 2;
    private static final long BEFORE_MS = 1_500;
    private static final long STEADY_MS = 700;
    private static final long NS_PER_MS = 1_000_000;
    /** Counters that stand still while nothing is wrong. */
    private static final Set<Counter> SIGNS = signs();
    /** Those that tell who was not believed from who is not there. */
    private static final Set<Counter> TLS_SIGNS = Set.of(Counter.CONNECT_FAILURES,
            Counter.BREAKER_OPENED);
    private static final String LOSE = "lose ";
    private static final int GROUP_ARGUMENT = 2;

    private record Case(Fault fault, Venue venue, long seed) {}

    /** What a case gave; times in ms, negative where there was nothing. */
    private record Row(Case of, long noticedMs, String by, long steadyMs, Truth truth,
            long repaired,
            ServedCounts served) {}

    private FaultRun() {}

    private static Set<Counter> signs() {
        Set<String> names = Set.of("DISCONNECTS", "CONNECT_FAILURES", "SILENCE_TIMEOUTS",
                "PROTOCOL_VIOLATIONS", "BREAKER_OPENED", "BOOK_RESETS", "TRADE_GAPS",
                "DUPLICATE_TRADES", "VALUES_REJECTED", "IGNORED_DUPLICATE", "SUSPECT_TIME_TRADES",
                "OUT_OF_ORDER_TRADES", "CROSSED_BOOKS", "RENEWALS", "STREAMS_DEAD",
                "STREAMS_REFUSED", "BOOK_MISMATCHES", "SHUTDOWNS_ANNOUNCED", "UNKNOWN_TYPES");
        return Arrays.stream(Counter.values())
                .filter(counter -> counter.isRejectedFrames() || names.contains(counter.name()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** See the class. */
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        long seed = args.length == 0 ? DEFAULT_SEED : Long.parseLong(args[0]);
        int atOnce = args.length < GROUP_ARGUMENT ? DEFAULT_AT_ONCE : Integer.parseInt(args[1]);
        Set<Integer> groups = Arrays.stream(args).skip(GROUP_ARGUMENT).map(Integer::valueOf)
                .collect(Collectors.toSet());
        System.out.println("seed " + seed + ", " + atOnce + " at once\n");
        List<Row> rows = run(cases(groups, seed), atOnce);
        print(rows);
        boolean isTrue = rows.stream()
                .allMatch(row -> row.truth().untrue() == 0 && row.truth().isBookTrue());
        System.exit(isTrue ? 0 : 1);
    }

    private static List<Case> cases(Set<Integer> groups, long seed) throws InterruptedException {
        List<Case> cases = new ArrayList<>();
        String obstacle = PacketLoss.obstacle();
        if (!obstacle.isEmpty()) {
            System.out.println("no packets are lost: " + obstacle + "\n");
        }
        for (Fault fault : Fault.all()) {
            if (!obstacle.isEmpty() && fault.orders().getFirst().startsWith(LOSE)) {
                continue;
            }
            for (Venue venue : List.of(Venue.BYBIT_LINEAR, Venue.BINANCE_USDM,
                    Venue.BINANCE_SPOT)) {
                if (fault.venues().contains(venue)
                        && (groups.isEmpty() || groups.contains(fault.group()))) {
                    cases.add(new Case(fault, venue, seed + cases.size()));
                }
            }
        }
        return cases;
    }

    private static List<Row> run(List<Case> cases, int atOnce)
            throws InterruptedException, ExecutionException {
        List<Row> rows = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(atOnce)) {
            List<Future<Row>> running = new ArrayList<>();
            for (Case one : cases) {
                running.add(pool.submit((Callable<Row>) () -> run(one)));
            }
            for (Future<Row> future : running) {
                rows.add(future.get());
                System.err.println(line(rows.getLast()));
            }
        }
        return rows;
    }

    private static Row run(Case one) throws IOException, EngineException, ReplayException,
            TimeoutException, InterruptedException {
        try (Scene scene = Scene.builder(one.venue(), one.seed()).market(one.fault().market())
                .server(server -> server
                        .limits(one.fault().limits().apply(VenueLimits.of(one.venue()))))
                .line(one.fault().line()).tls(one.fault().isOfTls()).open()) {
            scene.awaitSteady();
            TimeUnit.MILLISECONDS.sleep(BEFORE_MS);
            boolean isOfTls = one.fault().isOfTls();
            Map<Counter, Long> before = counts(scene, isOfTls ? TLS_SIGNS : SIGNS);
            long startNs = System.nanoTime();
            give(one, scene);
            long[] noticedNs = {-1};
            String[] by = {""};
            long[] steadyNs = {-1};
            scene.await("the end of the market", () -> {
                long now = System.nanoTime();
                boolean isDown = !isOfTls && scene.feed().state() != FeedState.LIVE;
                if (noticedNs[0] < 0 && (isDown || !sign(scene, before).isEmpty())) {
                    noticedNs[0] = now;
                    by[0] = sign(scene, before);
                }
                if (noticedNs[0] >= 0) {
                    watchSteady(scene, steadyNs, now);
                }
                return scene.server().end().isDone();
            });
            Truth truth = scene.finish();
            by[0] += isOfTls ? ": " + scene.certificateTrouble() : "";
            return new Row(one, since(startNs, noticedNs[0]), by[0],
                    one.fault().breaks() ? since(startNs, steadyNs[0]) : -1, truth,
                    scene.count(Counter.TRADES_REPAIRED), scene.server().counts());
        }
    }

    private static void give(Case one, Scene scene) throws IOException, InterruptedException {
        for (String order : one.fault().orders(one.venue())) {
            if (order.startsWith(LOSE)) {
                scene.losePackets(Integer.parseInt(order.substring(LOSE.length())));
            } else if (order.startsWith(Fault.CERTIFICATE)) {
                scene.showForAWhile(BadCertificate
                        .valueOf(order.substring(Fault.CERTIFICATE.length())));
            } else {
                scene.server().order(order);
            }
        }
    }

    /** The begin of the last time in which all was steady; it has to last. */
    private static void watchSteady(Scene scene, long[] steadyNs, long nowNs) {
        if (!scene.isSteady()) {
            steadyNs[0] = nowNs - steadyNs[0] > STEADY_MS * NS_PER_MS && steadyNs[0] >= 0
                    ? steadyNs[0] : -1;
        } else if (steadyNs[0] < 0) {
            steadyNs[0] = nowNs;
        }
    }

    private static long since(long startNs, long timeNs) {
        return timeNs < 0 ? -1 : (timeNs - startNs) / NS_PER_MS;
    }

    private static Map<Counter, Long> counts(Scene scene, Set<Counter> signs) {
        Map<Counter, Long> counts = new EnumMap<>(Counter.class);
        signs.forEach(sign -> counts.put(sign, scene.count(sign)));
        return counts;
    }

    private static String sign(Scene scene, Map<Counter, Long> before) {
        return before.entrySet().stream()
                .filter(sign -> scene.count(sign.getKey()) > sign.getValue())
                .map(sign -> sign.getKey().label()).sorted().collect(Collectors.joining(", "));
    }

    private static void print(List<Row> rows) {
        System.out.println("| # | fault | venue | noticed ms | by | steady again ms | trades"
                + " | missing | doubled | repaired | windows complete | of them untrue | declared"
                + " | book |");
        System.out.println("|--:|---|---|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|---|");
        rows.forEach(row -> System.out.println(line(row)));
        System.out.println();
        for (Limit limit : Limit.values()) {
            long most = rows.stream().mapToLong(row -> row.served().peak(limit)).max().orElse(0);
            long broken = rows.stream().mapToLong(row -> row.served().violations(limit)).sum();
            System.out.println(limit + ": most seen " + most + ", broken " + broken + " times");
        }
        System.out.println("pongs: " + rows.getLast().served().pongs());
    }

    private static String line(Row row) {
        Truth truth = row.truth();
        return "| " + String.join(" | ", Integer.toString(row.of().fault().group()),
                row.of().fault().name(), row.of().venue().label(), ms(row.noticedMs()), row.by(),
                row.of().fault().breaks() ? ms(row.steadyMs()) : "–",
                Long.toString(truth.trades()), Long.toString(truth.missing()),
                Long.toString(truth.doubled()), Long.toString(row.repaired()),
                Integer.toString(truth.complete()), Integer.toString(truth.untrue()),
                Integer.toString(truth.declared()), truth.isBookTrue() ? "true" : "**wrong**")
                + " |";
    }

    private static String ms(long ms) {
        return ms < 0 ? "–" : Long.toString(ms);
    }
}
