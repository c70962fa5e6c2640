package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineException;
import com.waickoff.marketdata.LiveConfig;
import com.waickoff.marketdata.LiveWorld;
import com.waickoff.marketdata.RecordConfig;
import com.waickoff.marketdata.RecordRun;
import com.waickoff.marketdata.VenueConfig;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.feed.recording.RecorderSettings;
import com.waickoff.marketdata.feed.recording.RecorderTotals;
import com.waickoff.marketdata.feed.recording.RecordingFile;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Table;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff record}. */
@Command(name = "record", description = {
        "Records live feeds: every frame as it comes, what is asked of the venue and what it"
                + " answers, in files that 'replay' and 'simulate' take, each by itself.",
        "Stops at SIGTERM, SIGINT (Ctrl-C), after --seconds, or at the end of its input where that"
                + " is asked for. Ends with 1 if anything was lost on the way to the disk."},
        footer = {
                "  waickoff record --out recordings --set feeds.bybit-linear.instruments=BTCUSDT",
                "  waickoff record --config waickoff.yaml --out recordings --rotate-minutes 15"})
final class RecordCommand extends CommandBase {
    private static final long BETWEEN_LOOKS_MS = 100;
    private static final long NS_PER_SECOND = 1_000_000_000L;
    private static final long NS_PER_MINUTE = 60 * NS_PER_SECOND;
    private static final int MOST_MINUTES = 60 * 24 * 7;
    private static final int MOST_MEBIBYTES = 1 << 20;
    private static final int MEBIBYTE_SHIFT = 20;

    @Option(names = "--out", paramLabel = "DIR", required = true,
            description = "Where the files go; it is made if it is not there. Names are"
                    + " VENUE-LINE_TIME.frames.tsv.gz; no file is ever replaced.")
    private Path out = Path.of("");
    @Option(names = "--rotate-minutes", paramLabel = "N", defaultValue = "60",
            description = "The next file begins after so long. Default: ${DEFAULT-VALUE}.")
    private int rotateMinutes;
    @Option(names = "--rotate-mb", paramLabel = "N",
            description = "The next file also begins when one has so many MiB. Default: no bound.")
    private int rotateMebibytes = MOST_MEBIBYTES;
    @Option(names = "--seconds", paramLabel = "N",
            description = "Stops by itself after so long. Default: goes on.")
    private long seconds = Long.MAX_VALUE / NS_PER_SECOND;
    @Option(names = "--end-with-stdin",
            description = "Stops when its standard input ends, so that it does not outlive the"
                    + " program that started it.")
    private boolean endWithStdin;
    @Mixin
    private ConfigOptions options = new ConfigOptions();

    RecordCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws Exception {
        checkRange("--rotate-minutes", rotateMinutes, MOST_MINUTES);
        checkRange("--rotate-mb", rotateMebibytes, MOST_MEBIBYTES);
        checkRange("--seconds", seconds, Long.MAX_VALUE / NS_PER_SECOND);
        Configuration configuration = options.read(shell(), List.of());
        configuration.remarks().forEach(remark -> shell().err().println("note: " + remark));
        LiveConfig live = EngineSettings.live(configuration, shell().base(),
                Runtime.getRuntime().availableProcessors());
        if (live.venues().isEmpty()) {
            throw new CommandException(ExitCode.CONFIG, "no feed is on, so there is nothing to"
                    + " record.\nList instruments of a venue in config/waickoff.yaml, or for once:"
                    + "\n  waickoff record --out recordings"
                    + " --set feeds.bybit-linear.instruments=BTCUSDT");
        }
        shell().interruption().heedSignals();
        if (endWithStdin) {
            Signals.onEndOf(System.in, shell().interruption()::request);
        }
        try {
            return record(new RecordConfig(live, new RecorderSettings(shell().resolve(out),
                    rotateMinutes * NS_PER_MINUTE, (long) rotateMebibytes << MEBIBYTE_SHIFT,
                    RecorderSettings.DEFAULT_BUFFER_BYTES)));
        } catch (EngineException failure) {
            throw new CommandException(failure.exitCode(), String.valueOf(failure.getMessage()),
                    failure);
        }
    }

    private void checkRange(String option, long value, long most) throws CommandException {
        if (value < 1 || value > most) {
            throw usage(option + ' ' + value + ": allowed is 1 to " + most);
        }
    }

    private ExitCode record(RecordConfig config) throws EngineException, InterruptedException {
        LiveWorld world = new LiveWorld(RunCommand::epochNs, shell().nanoTime(),
                new SplittableRandom(new SecureRandom().nextLong()),
                note -> shell().err().println("note: " + Shown.plain(note)),
                shell().interruption()::request);
        long startedNs = shell().nanoTime().getAsLong();
        try (RecordRun run = RecordRun.start(config, world);
                ProgressLine progress = new ProgressLine(shell(), "recording", "frames",
                        !shell().errTerminal().interactive())) {
            introduce(config);
            FeedWatch watch = new FeedWatch(run::feedChanges, run::feeds);
            boolean isOver;
            do {
                look(run, watch, progress);
                progress.onProgress(0, 0, run.totals().frames());
                isOver = shell().nanoTime().getAsLong() - startedNs >= seconds * NS_PER_SECOND;
            } while (!isOver && !shell().interruption().await(BETWEEN_LOOKS_MS));
            try {
                run.stop();
            } finally {
                look(run, watch, progress);
                summarise(run.totals(), shell().nanoTime().getAsLong() - startedNs);
            }
            return verdict(run.totals());
        }
    }

    private void introduce(RecordConfig config) {
        print("waickoff " + BuildInfo.read().version() + " is recording, process "
                + ProcessHandle.current().pid());
        for (VenueConfig venue : config.live().venues()) {
            print("  " + venue.venue().code() + ": " + venue.wanted()
                    + " from " + venue.line().webSocket());
        }
        print("  to " + config.files().directory());
        shell().out().flush();
    }

    /** Says what is new of feeds and files, in the place of the progress. */
    private void look(RecordRun run, FeedWatch watch, ProgressLine progress) {
        List<String> news = watch.news();
        if (!news.isEmpty()) {
            progress.close();
            news.forEach(this::print);
            shell().out().flush();
        }
        for (RecordingFile file = run.pollEnded(); file != null; file = run.pollEnded()) {
            progress.close();
            print(file.path().getFileName() + ": " + Figures.count(file.frames()) + " frames, "
                    + Figures.bytes(file.packedBytes()));
            shell().out().flush();
        }
    }

    private void summarise(RecorderTotals totals, long elapsedNs) {
        Table table = new Table(Table.left(""), Table.left(""));
        table.row("frames", Figures.count(totals.frames()) + ", "
                + Figures.bytes(totals.frameBytes()));
        table.row("files", Figures.count(totals.files()) + ", "
                + Figures.bytes(totals.packedBytes()));
        table.row("time", Figures.duration(elapsedNs));
        if (totals.linesJoined() > 0) {
            table.row("joined", Figures.count(totals.linesJoined())
                    + " frames and answers of several lines, made one");
        }
        table.lines(ink()).forEach(this::print);
        if (totals.linesLost() > 0) {
            bad("LOST: " + Figures.count(totals.linesLost()) + " lines found no room to wait for"
                    + " the disk; what is missing lies between two files");
        }
        if (totals.refusals() > 0) {
            bad("LEFT OUT: " + Figures.count(totals.refusals())
                    + " frames or answers have line ends where JSON allows none");
        }
        if (totals.frames() == 0) {
            bad("nothing was received");
        }
    }

    private void bad(String line) {
        print(ink().paint(Tone.BAD, line));
    }

    private static ExitCode verdict(RecorderTotals totals) {
        return totals.linesLost() > 0 || totals.refusals() > 0 || totals.frames() == 0
                ? ExitCode.FINDING
                : ExitCode.OK;
    }
}
