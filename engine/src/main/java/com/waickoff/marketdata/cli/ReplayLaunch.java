package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.ReplayException;
import com.waickoff.marketdata.ReplayRequest;
import com.waickoff.marketdata.ReplayResult;
import com.waickoff.marketdata.ReplayRun;
import com.waickoff.marketdata.Venues;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineMemory;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.config.Settings;
import com.waickoff.marketdata.config.WrongConfigurationException;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.IoReasons;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands that replay share: checks before, progress while, words for what fails. */
final class ReplayLaunch {
    /** Said where the answer covers a part only. */
    static final String INTERRUPTED = "interrupted: this is what was replayed until then";

    private static final long NS_PER_MS = 1_000_000L;
    /** Room for instruments that are defined anew while a recording goes on. */
    private static final int DEFINITIONS_EACH = 2;
    private static final int FEWEST_DEFINITIONS = 8;
    private static final List<String> VENUES = Venues.BUILT.stream().map(Venue::code).toList();

    private final Shell shell;

    ReplayLaunch(Shell shell) {
        this.shell = shell;
    }

    /** The venues whose recordings can be replayed. */
    static Collection<String> venues() {
        return VENUES;
    }

    /** What is wrong with a venue's name; null if nothing is. */
    static @Nullable String problemOfVenue(String venue) {
        return VENUES.contains(venue) ? null : "unknown venue '" + venue + "': one of "
                + String.join(", ", VENUES) + Nearest.hint(venue, VENUES);
    }

    /**
     * The engine for a replay: as configured, but with room for the instruments of the file only,
     * where nobody asked for more.
     *
     * @param dataDir where its files go
     */
    EngineConfig engine(ConfigOptions options, List<Configuration.Given> given,
            @Nullable Path instrumentsCsv, Path dataDir)
            throws CommandException, WrongConfigurationException {
        int cores = Runtime.getRuntime().availableProcessors();
        List<Configuration.Given> all = new ArrayList<>(given);
        all.add(new Configuration.Given(Settings.DATA_DIR.key(), dataDir.toString(), "--data"));
        Configuration configuration = options.read(shell, all);
        int instruments = instrumentsCsv == null ? 0 : count(instrumentsCsv);
        boolean isDefault = configuration.get(Settings.INSTRUMENTS_CAPACITY).source()
                .equals(Configuration.DEFAULT);
        if (instruments > 0 && isDefault) {
            int capacity = Math.max(FEWEST_DEFINITIONS, DEFINITIONS_EACH * instruments);
            all.add(new Configuration.Given(Settings.INSTRUMENTS_CAPACITY.key(),
                    Integer.toString(capacity), "--instruments"));
            configuration = options.read(shell, all);
        }
        EngineConfig engine = EngineSettings.of(configuration, shell.base(), cores);
        checkHeap(engine, instruments);
        return engine;
    }

    /**
     * Replays.
     *
     * @throws CommandException if it cannot be done
     */
    ReplayResult run(ReplayRequest request, boolean quiet) throws CommandException {
        shell.interruption().heed();
        try (ProgressLine progress = new ProgressLine(shell, "replaying", quiet)) {
            return ReplayRun.run(request, progress,
                    () -> shell.epochMs().getAsLong() * NS_PER_MS, shell.nanoTime());
        } catch (ReplayException failure) {
            throw new CommandException(failure.exitCode(), textOf(failure), failure);
        }
    }

    /** Refuses the result of a recording that holds no frame at all: it was something else. */
    static void requireFrames(ReplayResult result, ReplayRequest.Recording recording)
            throws CommandException {
        long frames = Conservation.of(result.counters()).framesReceived();
        if (frames == 0 && !result.notes().isEmpty()) {
            throw new CommandException(ExitCode.BAD_DATA, recording.file()
                    + " holds no frame; is it a recording?\n"
                    + String.join("\n", result.notes()));
        }
    }

    private static int count(Path instrumentsCsv) {
        try {
            return InstrumentSource.readCsv(instrumentsCsv).size();
        } catch (IOException | IllegalArgumentException unusable) {
            return 0; // The replay says why.
        }
    }

    /** Refuses what the heap of this process has no room for. */
    static void checkHeap(EngineConfig engine, int instruments) throws CommandException {
        long needed = EngineMemory.of(engine).heapBytes(instruments);
        long heap = Runtime.getRuntime().maxMemory();
        if (needed > heap) {
            long megabytes = (needed >> 20) / 64 * 64 + 128;
            throw new CommandException(ExitCode.CONFIG, "rows.capacity is "
                    + engine.windows().rowCapacity() + ", for which " + instruments
                    + " instruments need about " + Figures.bytes(needed)
                    + " of heap, but there are " + Figures.bytes(heap)
                    + "\nLower it, leave instruments out, or set WAICKOFF_JAVA_OPTS=-Xmx"
                    + megabytes + 'm');
        }
    }

    /** The replay's own words; those of the libraries below it are for programmers. */
    private static String textOf(ReplayException failure) {
        if (failure.exitCode() == ReplayException.EXIT_IO
                && failure.getCause() instanceof IOException io) {
            String file = io instanceof FileSystemException e && e.getFile() != null
                    ? e.getFile() + ": " : "";
            return "the replay cannot go on: " + file + IoReasons.of(io);
        }
        return String.valueOf(failure.getMessage());
    }

    /** Refuses a file that is not there before anything is created. */
    static void requireFile(Path file, String option) throws CommandException {
        if (!Files.exists(file)) {
            throw new CommandException(ExitCode.NO_INPUT, option + ' ' + file + ": no such file");
        }
        if (Files.isDirectory(file)) {
            throw new CommandException(ExitCode.NO_INPUT,
                    option + ' ' + file + ": is a directory, not a file");
        }
    }
}
