package com.waickoff.venue;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketSettings;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.serve.FrameSource;
import com.waickoff.venue.serve.LineFaults;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.RecordingSource;
import com.waickoff.venue.serve.ServedFault;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.TestAuthority;
import com.waickoff.venue.serve.UnsentTrade;
import com.waickoff.venue.serve.VenueLimits;
import com.waickoff.venue.serve.VenueScript;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves a venue on loopback until it is stopped. The first line on standard output tells the ports,
 * as JSON; it comes when the venue listens.
 */
public final class ServeVenue {
    private static final int EXIT_USAGE = 2;
    private static final int EXIT_FAILED = 1;
    private static final int MOST_PORT = 65_535;
    private static final long MB = 1L << 20;
    private static final long SEND_LOG_MB = 64;
    private static final long READ_SECONDS = 10;
    private static final long POLL_MS = 20;
    private static final Set<String> SWITCHES = Set.of("--synthetic", "--start-on-subscribe",
            "--hold", "--end-with-stdin", "--busy", "--thin", "--few-streams", "--tls");
    private static final Set<String> OPTIONS = Set.of("--recording", "--venue", "--port", "--times",
            "--speed", "--pace", "--expect", "--answers", "--seconds", "--seed", "--instruments",
            "--rate", "--start", "--market-seconds", "--metadata", "--filler", "--read-ahead-mb",
            "--faults", "--fault-seed", "--fault-log", "--delay-ms", "--freeze-ms", "--close-code",
            "--oversize-mb", "--refuse", "--nack", "--silent", "--limits", "--tls-port",
            "--tls-names", "--ca-out", "--truth", "--send-log", "--send-log-mb", "--fault-streams",
            "--streams", "--zipf", "--orders", "--script", "--clock-offset-ms");

    private final Map<String, String> options;

    private ServeVenue(Map<String, String> options) {
        this.options = options;
    }

    public static void main(String[] args) throws InterruptedException {
        try {
            run(args, System.in, System.out, System.err);
        } catch (IllegalArgumentException e) {
            System.err.println("waickoff simulate: " + e.getMessage());
            System.err.println("`waickoff simulate --help` tells the options.");
            System.exit(EXIT_USAGE);
        } catch (IOException | GeneralSecurityException e) {
            System.err.println("waickoff simulate: " + e.getMessage());
            System.exit(EXIT_FAILED);
        }
    }

    /**
     * Does what {@link #main} does, and returns when the venue has ended.
     *
     * @param in ends the venue with its end, where that is asked for
     * @param out gets the lines for programs, or the usage where that is asked for
     * @param report gets what is worth knowing besides
     * @throws IllegalArgumentException if the arguments make no sense
     */
    public static void run(String[] args, InputStream in, PrintStream out, PrintStream report)
            throws IOException, GeneralSecurityException, InterruptedException {
        if (args.length == 0 || List.of(args).contains("--help")) {
            out.print(SimulateUsage.TEXT);
            return;
        }
        new ServeVenue(CommandOptions.parse(args, SWITCHES, OPTIONS)).serve(in, out, report);
    }

    private void serve(InputStream in, PrintStream out, PrintStream report)
            throws IOException, GeneralSecurityException, InterruptedException {
        Optional<TrueTape> truth = truth();
        FrameSource source = source(truth);
        CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
        CountDownLatch gone = new CountDownLatch(1);
        try (PrintStream faultLog = faultLog();
                VenueServer server = builder(source, faultLog).open()) {
            out.println(ports(source.venue(), server));
            out.flush();
            Thread hook = Thread.ofPlatform().unstarted(() -> {
                stop.complete(null);
                awaitUninterrupted(gone);
            });
            Runtime.getRuntime().addShutdownHook(hook);
            if (options.containsKey("--end-with-stdin")) {
                Thread.ofPlatform().name("venue-stdin").daemon().start(() -> drain(in, stop));
            }
            play(server, source, truth, out, stop);
            report.println(source.venue().label() + ": " + server.counts());
            removeHook(hook);
        } finally {
            gone.countDown();
        }
    }

    private VenueServer.Builder builder(FrameSource source, @Nullable PrintStream faultLog)
            throws IOException, GeneralSecurityException {
        VenueServer.Builder builder = VenueServer.builder(source).play(play())
                .limits(VenueLimits.of(source.venue()).with(text("--limits", ""))).faults(faults())
                .port(port("--port"))
                .fillerListings((int) number("--filler", 0))
                .clockOffsetMs(number("--clock-offset-ms", 0)).script(script());
        if (faultLog != null) {
            faultLog.println(ServedFault.CSV_HEADER);
            builder.faultLog(fault -> faultLog.println(fault.csv()));
        }
        if (options.containsKey("--metadata")) {
            builder.metadata(Path.of(text("--metadata", "")));
        }
        if (options.containsKey("--truth")) {
            builder.tellUnsentTrades();
        }
        if (options.containsKey("--send-log")) {
            builder.sendLog(Path.of(text("--send-log", "")),
                    number("--send-log-mb", SEND_LOG_MB) * MB);
        }
        addTls(builder);
        return builder;
    }

    /** Waits until all has been played, tells, and then stays as long as is asked for. */
    private void play(VenueServer server, FrameSource source, Optional<TrueTape> truth,
            PrintStream out, CompletableFuture<@Nullable Void> stop)
            throws IOException, InterruptedException {
        long seconds = number("--seconds", 0);
        if (seconds > 0) {
            stop.completeOnTimeout(null, seconds, TimeUnit.SECONDS);
        }
        CompletableFuture<@Nullable Void> end = server.end();
        await(CompletableFuture.anyOf(stop, end));
        if (end.isCompletedExceptionally()) {
            throw new IOException("the source failed: " + end.exceptionNow().getMessage());
        }
        if (!end.isDone()) {
            return;
        }
        if (truth.isPresent() && source instanceof SyntheticSource synthetic) {
            writeTruth(server, synthetic, truth.get().tape());
        }
        out.println("{\"played\":" + server.counts().played() + ",\"timeShiftMs\":"
                + server.timeShiftMs() + "}");
        out.flush();
        if (options.containsKey("--hold")) {
            await(stop);
        } else {
            waitForReaders(server);
        }
    }

    private void writeTruth(VenueServer server, SyntheticSource source, ReferenceTape tape)
            throws IOException {
        Path directory = Path.of(text("--truth", ""));
        tape.shiftTimes(server.timeShiftMs());
        TruthFiles.write(directory, source.venue(), source.listings(), tape, source::trueBook);
        List<String> lost = new ArrayList<>();
        lost.add("instrument,trade_id,match_time_ms");
        for (UnsentTrade trade : server.unsentTrades()) {
            lost.add(source.venue().label() + ":" + trade.symbol() + "," + trade.id() + ","
                    + trade.matchTimeMs());
        }
        Files.write(directory.resolve("lost.csv"), lost);
    }

    /** Reads to the end of what a parent holds open as long as it lives. */
    private static void drain(InputStream in, CompletableFuture<@Nullable Void> stop) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // Broken is ended too.
        } finally {
            stop.complete(null);
        }
    }

    /** Waits for the end of something, well or not. */
    private static void await(CompletableFuture<?> done) throws InterruptedException {
        try {
            done.get();
        } catch (ExecutionException e) {
            // The caller asks how it ended.
        }
    }

    /** What has been played may still be on its way; who does not read it is left behind. */
    private static void waitForReaders(VenueServer server) throws InterruptedException {
        long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(READ_SECONDS);
        while (server.counts().connections() > 0 && System.nanoTime() < endNs) {
            Thread.sleep(POLL_MS);
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            var _ = latch.await(READ_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeHook(Thread hook) {
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It is running: the process is on its way out.
        }
    }

    private String ports(Venue venue, VenueServer server) {
        return "{\"venue\":\"" + venue.label() + "\",\"port\":" + server.port() + ",\"tlsPort\":"
                + server.tlsPort() + ",\"ws\":\"" + server.wsUri("") + "\",\"http\":\""
                + server.httpUri("") + "\",\"seed\":" + number("--seed", 1) + ",\"faultSeed\":"
                + number("--fault-seed", 1) + "}";
    }

    /** All that is to be done while it runs: by the script, by orders, and by options of their own. */
    private VenueScript script() throws IOException {
        List<String> lines = new ArrayList<>();
        if (options.containsKey("--refuse")) {
            lines.add("0s refuse " + text("--refuse", "").replace(':', ' '));
        }
        if (options.containsKey("--nack")) {
            lines.add("0s nack " + text("--nack", ""));
        }
        if (options.containsKey("--silent")) {
            lines.add("0s mute " + text("--silent", ""));
        }
        lines.add(text("--orders", ""));
        if (options.containsKey("--script")) {
            lines.add(Files.readString(Path.of(text("--script", ""))));
        }
        return VenueScript.parse(String.join("\n", lines));
    }

    private Optional<TrueTape> truth() {
        if (!options.containsKey("--truth")) {
            return Optional.empty();
        }
        if (!options.containsKey("--synthetic") || number("--market-seconds", 0) < 1) {
            throw new IllegalArgumentException(
                    "--truth is of a --synthetic market that ends: --market-seconds");
        }
        Venue venue = venue().orElseThrow(ServeVenue::venueMissing);
        return Optional
                .of(new TrueTape(venue, listings(venue)));
    }

    private Optional<Venue> venue() {
        return Optional.ofNullable(options.get("--venue")).map(Venue::of);
    }

    private static IllegalArgumentException venueMissing() {
        return new IllegalArgumentException("--venue is missing");
    }

    private FrameSource source(Optional<TrueTape> truth) throws IOException {
        String recording = options.get("--recording");
        boolean synthetic = options.containsKey("--synthetic");
        if ((recording != null) == synthetic) {
            throw new IllegalArgumentException("either --recording FILE or --synthetic");
        }
        Optional<Venue> venue = venue();
        String instruments = options.get("--instruments");
        if (recording != null) {
            Path file = Path.of(recording);
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("no such file: " + file);
            }
            if (instruments == null) {
                return RecordingSource.open(file, venue, List.of());
            }
            Venue told = venue.isPresent() ? venue.get() : RecordingSource.open(file).venue();
            return RecordingSource.open(file, Optional.of(told),
                    MakeRecording.listings(told, instruments));
        }
        Venue known = venue.orElseThrow(ServeVenue::venueMissing);
        MarketSettings market = options.containsKey("--thin") || isNumber(instruments)
                ? MarketSettings.thin()
                : known.liquid();
        String rate = options.get("--rate");
        MarketSettings busiest = rate == null
                ? market
                : market.withActionsPerSecond(fraction("--rate", rate));
        boolean generated = isNumber(instruments);
        double exponent = fraction("--zipf", text("--zipf", generated ? "1" : "0"));
        SyntheticSource.Builder builder = SyntheticSource.builder(known, number("--seed", 1))
                .listings(listings(known))
                .markets(number -> GeneratedListings.market(busiest, exponent, number))
                .streams(options.containsKey("--streams")
                        ? List.of(text("--streams", "").split(",", -1))
                        : List.of())
                .startNs(MakeRecording.start(options.get("--start")));
        truth.ifPresent(builder::truth);
        long seconds = number("--market-seconds", 0);
        if (seconds > 0) {
            builder.length(Duration.ofSeconds(seconds));
        }
        return options.containsKey("--few-streams")
                ? builder.fewStreams().build()
                : builder.build();
    }

    private List<Listing> listings(Venue venue) {
        String instruments = options.get("--instruments");
        return isNumber(instruments)
                ? GeneratedListings.of(venue, (int) number("--instruments", 1))
                : MakeRecording.listings(venue, instruments);
    }

    private static boolean isNumber(@Nullable String text) {
        return text != null && text.matches("[1-9]\\d{0,4}");
    }

    private PlaySettings play() {
        PlaySettings play = PlaySettings.standard();
        String times = text("--times", options.containsKey("--synthetic") ? "rebased" : "kept");
        play = play.withTimes(switch (times) {
            case "kept" -> PlaySettings.Times.KEPT;
            case "rebased" -> PlaySettings.Times.REBASED;
            default -> throw new IllegalArgumentException("--times is kept or rebased: " + times);
        });
        String speed = text("--speed", "1");
        play = speed.equals("max") ? play.unlimited() : play.withSpeed(fraction("--speed", speed));
        if (options.containsKey("--pace")) {
            play = play.withFramesPerSecond(fraction("--pace", text("--pace", "")));
        }
        if (options.containsKey("--start-on-subscribe")) {
            String expected = text("--expect", "");
            play = switch (expected) {
                case "" -> play.startingOnSubscribe();
                case "any" -> play.startingOnFirstSubscription();
                default -> play.startingOnSubscribe(List.of(expected.split(",", -1)));
            };
        }
        String answers = text("--answers", "recorded");
        if (!answers.equals("recorded") && !answers.equals("kept")) {
            throw new IllegalArgumentException("--answers is recorded or kept: " + answers);
        }
        play = play.withAnswersAsRecorded(answers.equals("recorded"))
                .withReadAheadBytes(number("--read-ahead-mb", 32) * MB);
        play = options.containsKey("--hold") ? play.holding() : play;
        return options.containsKey("--busy") ? play.spinning() : play;
    }

    private LineFaults faults() {
        String text = options.get("--faults");
        LineFaults faults = text == null ? LineFaults.none() : LineFaults.parse(text);
        return faults.withSeed(number("--fault-seed", 1))
                .withMostDelayMs((int) number("--delay-ms", faults.mostDelayMs()))
                .withFreezeMs((int) number("--freeze-ms", faults.freezeMs()))
                .withCloseCode((int) number("--close-code", faults.closeCode()))
                .withOversizeBytes((int) (number("--oversize-mb", 8) * MB))
                .withStreams(options.containsKey("--fault-streams")
                        ? List.of(text("--fault-streams", "").split(",", -1))
                        : List.of());
    }

    private void addTls(VenueServer.Builder builder) throws GeneralSecurityException, IOException {
        if (!options.containsKey("--tls")) {
            return;
        }
        TestAuthority authority = new TestAuthority();
        builder.tls(authority.issue(text("--tls-names", "localhost,127.0.0.1").split(",", -1)),
                port("--tls-port"));
        String out = options.get("--ca-out");
        if (out != null) {
            authority.write(Path.of(out));
        }
    }

    private @Nullable PrintStream faultLog() throws IOException {
        String file = options.get("--fault-log");
        return file == null
                ? null
                : new PrintStream(Files.newOutputStream(Path.of(file)), true,
                        StandardCharsets.UTF_8);
    }

    private int port(String name) {
        long port = number(name, 0);
        if (port < 0 || port > MOST_PORT) {
            throw new IllegalArgumentException(name + " must be 0 to " + MOST_PORT + ": " + port);
        }
        return (int) port;
    }

    private String text(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    private long number(String name, long otherwise) {
        String value = options.get(name);
        try {
            return value == null ? otherwise : Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number: " + value, e);
        }
    }

    private double fraction(String name, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a number: " + value, e);
        }
    }
}
