package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.cli.EngineFilesOptions;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.cli.EngineFilesOptions.WrongOptionsException;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.memory.FreeSpace;
import com.waickoff.marketdata.replay.JournalNeed;
import com.waickoff.marketdata.storage.StoreSettings;
import com.waickoff.marketdata.storage.retention.Holdings;
import com.waickoff.marketdata.storage.retention.Retention;
import com.waickoff.marketdata.storage.retention.RetentionPlan;
import com.waickoff.marketdata.storage.retention.RetentionStatus;
import com.waickoff.marketdata.storage.retention.WarmTier;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff drain retention}. */
@Command(name = "retention", synopsisHeading = "%nUsage: ", descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n", footerHeading = "%nExamples:%n", sortOptions = false,
        description = {"Says what each tier holds, what would be sealed or go now and why, and why"
                + " the rest stays. A running drain does it by itself; --yes does it at once,"
                + " beside a running drain or without one.",
                "Ends with 0; with 1 if something should go and must stay, or failed; with 65 if"
                        + " the journal cannot be read, with 66 if there is none."},
        footer = {"  waickoff drain retention",
                "  waickoff drain retention --set retention.disk-mb=20000",
                "  waickoff drain retention --yes"})
final class RetentionCommand implements Callable<Integer> {
    private static final int OK = 0;
    private static final int FINDING = 1;
    private static final int DATA = 65;
    private static final int NO_INPUT = 66;
    private static final int IO_ERROR = 74;
    private static final double MIB = 1 << 20;

    private final Surroundings surroundings;

    @Option(names = "--yes", description = "Does it; without it nothing is changed.")
    private boolean yes;
    @Mixin
    private EngineFilesOptions files = new EngineFilesOptions();
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // the parser acts on it
    private boolean help;

    RetentionCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        try {
            EngineSetup setup = files.configured(surroundings.env(), surroundings.directory(),
                    surroundings.home());
            if (!JournalDirectory.isJournal(setup.engine().journalDir())) {
                return complain(NO_INPUT, setup.engine().journalDir()
                        + ": holds no journal; the engine writes one");
            }
            return retain(setup);
        } catch (WrongOptionsException wrong) {
            return complain(wrong.exitCode(), String.valueOf(wrong.getMessage()));
        } catch (JournalException e) {
            return complain(DATA, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return complain(IO_ERROR, String.valueOf(e.getMessage()));
        }
    }

    /** Retention of an engine's files, as the drain and this command do it. */
    static Retention of(EngineConfig engine, StoreSettings stores, WarmTier warm,
            Retention.World world, RetentionStatus status) {
        return new Retention(engine, stores.retention(), warm, world, status);
    }

    private int retain(EngineSetup setup) throws IOException {
        StoreSettings stores = StoreSettings.of(setup);
        RetentionStatus status = new RetentionStatus();
        try (WarmTier warm = new MongoTier(stores)) {
            Retention retention = of(setup.engine(), stores, warm,
                    new Retention.World(surroundings.epochMs(),
                            FreeSpace.of(setup.engine().journalDir()), this::note,
                            () -> true),
                    status);
            if (yes) {
                retention.round();
                return conclude(status);
            }
            return show(retention);
        }
    }

    private int show(Retention retention) throws IOException {
        Holdings holdings = retention.holdings();
        RetentionPlan plan = retention.plan(holdings);
        print("journal  %s in %d closed files and those being written".formatted(
                mib(holdings.journalBytes()),
                holdings.tape().closed().size() + holdings.depth().closed().size()));
        print("segments %s in %d files".formatted(mib(holdings.segmentBytes()),
                holdings.tape().segments().size() + holdings.depth().segments().size()));
        print("parquet  %s in %d files".formatted(mib(holdings.parquetBytes()),
                holdings.parquet().size()));
        print("in all   %s of %s; %s of the disk are free".formatted(mib(holdings.bytes()),
                retention.settings().diskBytes() == 0 ? "no bound"
                        : mib(retention.settings().diskBytes()),
                mib(holdings.freeBytes())));
        JournalNeed need = holdings.need();
        print("needed   %s".formatted(need == null ? "all of the journal: no checkpoint verifies"
                : "from sequence " + need.fromSequence() + ", by " + need.who()));
        holdings.problems().forEach(problem -> print("problem  %s".formatted(problem)));
        print("");
        for (RetentionPlan.Step step : plan.steps()) {
            print("%-8s %s, %s, %s".formatted(
                    step instanceof RetentionPlan.Seal ? "seals" : "removes",
                    step.what(), mib(step.freedBytes()), step.why()));
        }
        showWarm(retention);
        plan.stays().forEach(stay -> print("stays    %s: %s".formatted(stay.what(), stay.why())));
        if (plan.steps().isEmpty()) {
            print("no file would be touched");
        } else {
            print("%d steps; --yes does them, and so does a running drain"
                    .formatted(plan.steps().size()));
        }
        return plan.stays().isEmpty() && holdings.problems().isEmpty() ? OK : FINDING;
    }

    private void showWarm(Retention retention) {
        try {
            for (WarmTier.Goes goes : retention.warmPlan()) {
                print("removes  mongo %s, %d documents, %s".formatted(goes.what(), goes.documents(),
                        goes.why()));
            }
        } catch (NoSuchFileException noneHosted) {
            print("mongo    the hosted store is there while a drain runs, and none does");
        } catch (IOException e) {
            print("mongo    cannot be asked: %s".formatted(String.valueOf(e.getMessage())));
        }
    }

    private int conclude(RetentionStatus status) {
        Map<String, String> values = new TreeMap<>(status.values());
        values.forEach((key, value) -> print("%s %s".formatted(key, value)));
        return values.containsKey("retention.errors") ? FINDING : OK;
    }

    private static String mib(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }

    private void print(String line) {
        surroundings.out().println(line);
    }

    private void note(String text) {
        surroundings.err().println("note: " + text);
        surroundings.err().flush();
    }

    private int complain(int exitCode, String text) {
        surroundings.err().println("waickoff: drain retention: " + text);
        surroundings.err().flush();
        return exitCode;
    }
}
