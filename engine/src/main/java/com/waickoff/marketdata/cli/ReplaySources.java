package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.ReplayRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options that say where the events of a replay come from, and of which instruments.
 *
 * <pre>
 *   --recording a --venue x --recording b --venue y --journal c     the first venue is of the first
 *   --recording a --recording b --venue x                           one venue is of all
 * </pre>
 */
final class ReplaySources {
    /** A name or pattern such as {@code bybit-linear:BTC*}, and no path. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9*?-]+:[^/\\\\]+");

    @Option(names = "--journal", paramLabel = "DIR",
            description = "Replays a journal. May be given again.")
    private List<Path> journals = new ArrayList<>();
    @Option(names = "--recording", paramLabel = "FILE",
            description = "Replays a recording: lines of receive time, kind and payload; gzip"
                    + " where the name ends in .gz. May be given again.")
    private List<Path> recordings = new ArrayList<>();
    @Option(names = "--venue", paramLabel = "VENUE",
            description = "Whose protocol the recording holds, such as bybit-linear; of several"
                    + " recordings that of each in turn, or one for all.")
    private List<String> venues = new ArrayList<>();
    @Option(names = "--instruments", paramLabel = "NAMES|FILE", split = ",",
            description = "Which instruments: names such as bybit-linear:BTCUSDT, in which *"
                    + " stands for anything; or, where recordings hold no metadata, a CSV file that"
                    + " defines them, with the header instrument,tick_size,lot_size and, if known,"
                    + " base,quote,contract_size. Default: all.")
    private List<String> instruments = new ArrayList<>();

    /** What is to be replayed, after a look at whether it is there. */
    List<ReplayRequest.Source> read(CommandBase command, boolean isJournaled)
            throws CommandException {
        if (journals.isEmpty() && recordings.isEmpty()) {
            throw command.usage("replay what? --journal DIR or --recording FILE");
        }
        Path csv = csv(command);
        if (recordings.isEmpty()) {
            rejectWithoutRecording(command, "--venue", !venues.isEmpty());
            rejectWithoutRecording(command, "--instruments FILE", csv != null);
            rejectWithoutRecording(command, "--journal-to", isJournaled && journals.size() == 1);
        }
        checkVenues(command);
        List<ReplayRequest.Source> sources = new ArrayList<>();
        for (int i = 0; i < recordings.size(); i++) {
            Path file = command.shell().resolve(recordings.get(i));
            ReplayLaunch.requireFile(file, "--recording");
            sources.add(new ReplayRequest.Recording(file,
                    venues.get(venues.size() == 1 ? 0 : i), csv));
        }
        if (csv != null) {
            ReplayLaunch.requireFile(csv, "--instruments");
        }
        for (Path journal : journals) {
            Path dir = command.shell().resolve(journal);
            if (!Files.isDirectory(dir)) {
                throw new CommandException(ExitCode.NO_INPUT,
                        "--journal " + dir + ": no such directory");
            }
            sources.add(new ReplayRequest.Journal(dir));
        }
        return sources;
    }

    private static void rejectWithoutRecording(CommandBase command, String option,
            boolean isGiven) throws CommandException {
        if (isGiven) {
            throw command.usage(option + " belongs to --recording: a journal holds what it needs");
        }
    }

    private void checkVenues(CommandBase command) throws CommandException {
        if (!recordings.isEmpty() && venues.size() != 1 && venues.size() != recordings.size()) {
            throw command.usage("--recording needs --venue, one of "
                    + String.join(", ", ReplayLaunch.venues())
                    + (recordings.size() == 1 ? "" : "; one for all recordings, or one for each"));
        }
        for (String venue : venues) {
            String problem = ReplayLaunch.problemOfVenue(venue);
            if (problem != null) {
                throw command.usage(problem);
            }
        }
    }

    /** The file that defines instruments; null if none was named. */
    @Nullable
    Path csv(CommandBase command) throws CommandException {
        List<String> files = instruments.stream()
                .filter(text -> !NAME.matcher(text).matches()).toList();
        if (files.size() > 1) {
            throw command.usage("--instruments " + files.get(1)
                    + ": it takes one file; a name is of the form venue:SYMBOL");
        }
        return files.isEmpty() ? null : command.shell().resolve(Path.of(files.getFirst()));
    }

    /** Names and patterns of the wanted instruments; empty for all. */
    List<String> names() {
        return instruments.stream().filter(text -> NAME.matcher(text).matches()).toList();
    }
}
