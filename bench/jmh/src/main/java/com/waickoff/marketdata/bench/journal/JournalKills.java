package com.waickoff.marketdata.bench.journal;

import com.waickoff.marketdata.Engine;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.ReplayProgress;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayRun;
import com.waickoff.marketdata.bench.TemporaryFiles;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.journal.JournalReport;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.journal.JournalVerifier;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.replay.Exports;
import com.waickoff.marketdata.replay.WindowLedger;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Kills an engine at random points, and looks at what it left: whether everything it had handled is
 * in the journal, sound and in order; whether checkpoint and journal lead to the state that the
 * journal alone leads to; how long it takes until the next engine is ready.
 *
 * <pre>
 *   java @config/jvm/common.options -Xmx1g -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.journal.JournalKills [KILLS [SEED]]
 * </pre>
 *
 * <p>A kill takes about two seconds. By turns the engine is killed anywhere, while it opens, while
 * it writes a checkpoint, while the journal begins a new file, and in a process namespace of its
 * own, where every life has the process id 1 (where that is not allowed, anywhere instead). Ends
 * with status 1 if anything is lost or differs.
 */
public final class JournalKills {
    private static final int DEFAULT_KILLS = 500;
    private static final long DEFAULT_SEED = 20_261_121;
    private static final int KILLS_OF_A_JOURNAL = 10;
    private static final long NS_PER_MS = 1_000_000;
    private static final long LONGEST_RUN_NS = 300 * NS_PER_MS;
    private static final long LONGEST_CHECKPOINT_NS = 8 * NS_PER_MS;
    private static final long LONGEST_ROLL_NS = NS_PER_MS;
    private static final long PATIENCE_NS = 60_000 * NS_PER_MS;
    private static final List<String> CONTAINER = List.of("unshare", "--fork", "--pid",
            "--kill-child", "--mount-proc");

    private final Random random;
    private final boolean hasNamespaces;
    private final Map<Diary.Phase, Integer> metIn = new EnumMap<>(Diary.Phase.class);
    private final List<Long> openings = new ArrayList<>();
    private final List<Long> starts = new ArrayList<>();
    private int kills;
    private int inNamespaces;
    private int checkpointsUsed;
    private long events;
    private long lost;
    private long damaged;
    private long holes;
    private long different;
    private int hashesDifferent;

    private JournalKills(long seed) throws InterruptedException {
        random = new Random(seed);
        hasNamespaces = canUnshare();
    }

    /** Where the engine is to be met. */
    private enum Aim {
        ANYWHERE, OPENING, CHECKPOINT, ROLL, NAMESPACE
    }

    /** See the class. */
    public static void main(String[] arguments)
            throws IOException, InterruptedException, ReplayException {
        int wanted = arguments.length > 0 ? Integer.parseInt(arguments[0]) : DEFAULT_KILLS;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : DEFAULT_SEED;
        Path directory = Files.createTempDirectory("journal-kills");
        JournalKills run = new JournalKills(seed);
        try {
            while (run.kills < wanted) {
                Path place = Files.createDirectory(directory.resolve("journal-" + run.kills));
                System.err.println(run.kills + " kills, " + run.problems() + " problems");
                run.killOnOneJournal(place, Math.min(KILLS_OF_A_JOURNAL, wanted - run.kills));
                TemporaryFiles.delete(place);
            }
        } finally {
            TemporaryFiles.delete(directory);
        }
        run.print(seed);
        System.exit(run.problems() == 0 ? 0 : 1);
    }

    private void killOnOneJournal(Path place, int count)
            throws IOException, InterruptedException, ReplayException {
        long checkedTo = 0;
        try (Diary diary = Diary.open(place.resolve("diary"))) {
            for (int i = 0; i < count; i++) {
                Aim aim = Aim.values()[kills % Aim.values().length];
                kill(place, diary, aim == Aim.NAMESPACE && !hasNamespaces ? Aim.ANYWHERE : aim);
                checkedTo = look(place, diary, checkedTo);
                kills++;
            }
        }
        events += checkedTo;
    }

    private void kill(Path place, Diary diary, Aim aim) throws IOException, InterruptedException {
        long before = diary.acknowledged();
        diary.enter(Diary.Phase.NOTHING);
        Process engine = start(place, aim == Aim.NAMESPACE);
        switch (aim) {
            case OPENING -> {
                await(engine, () -> diary.phase() != Diary.Phase.NOTHING, place);
                pass(Math.max(diary.openingNs(), LONGEST_RUN_NS));
            }
            case CHECKPOINT -> {
                await(engine, () -> diary.acknowledged() > before
                        && diary.phase() == Diary.Phase.CHECKPOINT, place);
                pass(LONGEST_CHECKPOINT_NS);
            }
            case ROLL -> {
                await(engine, () -> diary.acknowledged() > before
                        && diary.phase() == Diary.Phase.ROLLING, place);
                pass(LONGEST_ROLL_NS);
            }
            default -> {
                await(engine, () -> diary.acknowledged() > before, place);
                pass(LONGEST_RUN_NS);
            }
        }
        if (aim == Aim.NAMESPACE) {
            inNamespaces++;
            engine.descendants().forEach(ProcessHandle::destroyForcibly);
        } else {
            engine.destroyForcibly();
        }
        engine.waitFor();
        metIn.merge(diary.phase(), 1, Integer::sum);
        if (diary.acknowledged() > before) {
            openings.add(diary.openingNs());
            starts.add(diary.startNs());
        }
    }

    /** Returns up to which sequence all has been checked. */
    private long look(Path place, Diary diary, long checkedTo)
            throws IOException, ReplayException {
        Path journal = place.resolve("journal");
        if (!Files.exists(journal)) {
            return 0; // killed before it came to anything
        }
        List<WindowLedger> ledgers = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        long recovered;
        String recoveredHash;
        try (Engine engine = KilledMarket.open(journal, place.resolve("data"), ledgers, notes)) {
            recovered = engine.recoveredSequence();
            engine.retireAll();
            try (SnapshotReader snapshot = SnapshotReader
                    .open(place.resolve("data").resolve("snapshot.bin"))) {
                recoveredHash = new Exports(ledgers, snapshot).stateHash();
            }
        }
        lost += Math.max(0, diary.acknowledged() - recovered);
        JournalReport report = JournalVerifier.verify(journal);
        damaged += report.damagedDocuments();
        holes += report.missing().stream().mapToLong(SequenceRange::count).sum();
        report.problems().forEach(System.err::println);
        if (recovered > 0) {
            String replayed = replayHash(journal, place.resolve("replayed"));
            hashesDifferent += replayed.equals(recoveredHash) ? 0 : 1;
            compare(journal, checkedTo + 1);
            checkpointsUsed += hasCheckpoint(journal) ? 1 : 0;
        }
        return recovered;
    }

    private static boolean hasCheckpoint(Path journal) throws IOException {
        try (var files = Files.newDirectoryStream(journal, "*.ckp")) {
            return files.iterator().hasNext();
        }
    }

    private void compare(Path journal, long from) {
        MarketEvent expected = new MarketEvent();
        try (JournalTail tail = JournalTail.open(journal, new InstrumentCatalogue(4))) {
            tail.seek(from);
            tail.poll((event, sequence, endOfBatch) -> {
                KilledMarket.fill(expected, sequence);
                if (!KilledMarket.isSame(expected, event)) {
                    different++;
                    System.err.println(
                            sequence + ": read " + event + ", written was " + expected);
                }
            });
        }
    }

    private static String replayHash(Path journal, Path data) throws ReplayException, IOException {
        Files.createDirectories(data);
        return ReplayRun.run(
                new ReplayRequest(new ReplayRequest.Journal(journal), 0, Long.MAX_VALUE,
                        ReplayRequest.AS_FAST_AS_IT_GOES, null, null,
                        KilledMarket.config(data.resolve("unused"), data)),
                ReplayProgress.NONE, () -> System.currentTimeMillis() * NS_PER_MS,
                System::nanoTime).stateHash();
    }

    private Process start(Path place, boolean inNamespace) throws IOException {
        List<String> command = new ArrayList<>(inNamespace ? CONTAINER : List.of());
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), KilledEngine.class.getName(),
                place.resolve("journal").toString(), place.resolve("engine").toString(),
                place.resolve("diary").toString()));
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(place.resolve("engine.log").toFile()))
                .start();
    }

    /** Something that comes about. */
    @FunctionalInterface
    private interface Event {
        boolean hasCome();
    }

    private static void await(Process engine, Event event, Path place) throws IOException {
        long sinceNs = System.nanoTime();
        while (!event.hasCome()) {
            Thread.onSpinWait();
            if (!engine.isAlive() || System.nanoTime() - sinceNs > PATIENCE_NS) {
                engine.destroyForcibly();
                throw new IOException("the engine ended by itself, or does not go on: "
                        + Files.readString(place.resolve("engine.log")));
            }
        }
    }

    /** Waits for some of that time, to the microsecond. */
    private void pass(long longestNs) throws InterruptedException {
        long untilNs = System.nanoTime() + random.nextLong(longestNs);
        for (long leftNs = untilNs - System.nanoTime(); leftNs > 0; leftNs = untilNs
                - System.nanoTime()) {
            if (leftNs > 2 * NS_PER_MS) {
                Thread.sleep(1);
            }
        }
    }

    private static boolean canUnshare() throws InterruptedException {
        List<String> command = new ArrayList<>(CONTAINER);
        command.add("true");
        try {
            return new ProcessBuilder(command).start().waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    private long problems() {
        return lost + damaged + holes + different + hashesDifferent;
    }

    private void print(long seed) {
        System.out.printf(Locale.ROOT, "kills                    %,9d   seed %d%n", kills, seed);
        for (var met : metIn.entrySet()) {
            System.out.printf(Locale.ROOT, "  while %-16s %,9d%n",
                    met.getKey().name().toLowerCase(Locale.ROOT), met.getValue());
        }
        System.out.printf(Locale.ROOT, "  with process id 1      %,9d%n", inNamespaces);
        System.out.printf(Locale.ROOT, "  before a checkpoint    %,9d%n", kills - checkpointsUsed);
        System.out.printf(Locale.ROOT, "events journaled         %,9d%n", events);
        System.out.printf(Locale.ROOT, "handled events lost      %,9d%n", lost);
        System.out.printf(Locale.ROOT, "damaged documents        %,9d%n", damaged);
        System.out.printf(Locale.ROOT, "holes in the sequence    %,9d%n", holes);
        System.out.printf(Locale.ROOT, "other than written       %,9d%n", different);
        System.out.printf(Locale.ROOT, "state hashes that differ %,9d%n", hashesDifferent);
        System.out.printf(Locale.ROOT, "engine opened, ms        p50 %s%n", percentiles(openings));
        System.out.printf(Locale.ROOT, "process start to ready   p50 %s%n", percentiles(starts));
    }

    private static String percentiles(List<Long> ns) {
        long[] sorted = ns.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted.length == 0 ? Arrays.toString(sorted)
                : String.format(Locale.ROOT, "%,d max %,d ms (%d starts)",
                        sorted[sorted.length / 2] / NS_PER_MS,
                        sorted[sorted.length - 1] / NS_PER_MS,
                        sorted.length);
    }
}
