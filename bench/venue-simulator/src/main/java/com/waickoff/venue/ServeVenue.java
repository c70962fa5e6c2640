package com.waickoff.venue;

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
import java.util.TreeMap;
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
    private static final int DEFAULT_REFUSALS = 1;
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
            "--tls-names", "--ca-out", "--truth", "--send-log", "--send-log-mb");
    private static final String USAGE = """
            Usage: waickoff simulate (--recording FILE | --synthetic --venue VENUE) [options]
            Serves WebSocket and REST of a venue on 127.0.0.1. Prints a line of JSON when it
            listens, and one when all has been played:
              {"venue":"…","port":N,"tlsPort":N,"ws":"ws://…","http":"http://…"}
              {"played":N,"timeShiftMs":N}
            Ends on SIGTERM, after --seconds, or, without --hold, when all has been played.

              --recording FILE       receive time TAB kind TAB payload; may be packed (.gz)
              --synthetic            an invented market
              --venue VENUE          bybit-linear, binance-usdm or binance-spot; a recording's
                                     frames tell theirs
              --instruments LIST     symbols, or SYMBOL:tick:lot:price:typical-lots
              --port N               default 0: a free one
              --seconds N            stop after N seconds of the wall clock
              --end-with-stdin       stop when standard input ends: with the parent, whatever
                                     befalls it
            Playing
              --times kept|rebased   default: kept of a recording, rebased (to now) if synthetic
              --start-on-subscribe   play nothing until the expected streams are subscribed
              --expect any|NAME,…    those streams; default: of each symbol trades and book
              --speed N|max          default 1; max: as fast as it is read
              --pace N               N frames a second of what is subscribed instead, whatever
                                     their times
              --hold                 stay, and keep connections open, when all has been played
              --answers recorded|kept  the first request for a book of a recording: its recorded
                                     answer at its place (default), or the book as it is
              --busy                 spin for exact times instead of naps of 1 ms
              --read-ahead-mb N      default 32
            Synthetic
              --seed N               default 1; the same seed gives the same market
              --market-seconds N     length in event time; default: for ever
              --rate N               orders and cancels a second and instrument
              --thin                 a small market
              --few-streams          only the streams that recordings have
              --start INSTANT        default 2026-01-05T14:00:00Z; shows where times are kept
              --truth DIR            when all has been played: windows.csv, profile.csv, book.csv as
                                     they truly are, instruments.csv, and lost.csv, the trades
                                     that no connection was sent whole; needs --market-seconds
            Measuring
              --send-log FILE        mapped: when the frame of each trade and book update was
                                     given to the socket, by System.nanoTime (see SendLog)
              --send-log-mb N        default 64; a frame takes 32 bytes, the oldest are overwritten
            Metadata
              --metadata FILE        answer requests for listings as recorded (H lines)
              --filler N             list N more symbols that nobody trades
            Faults (default: none)
              --faults NAME=RATE,…   for each frame: drop, duplicate, delay, late, garbage,
                                     oversize, cut, cut-in-frame, reset, close, freeze
              --fault-seed N         default 1      --fault-log FILE       what was done, as CSV
              --delay-ms N           longest, 500   --freeze-ms N          0: until the end
              --close-code N         default 1012   --oversize-mb N        default 8
              --refuse STATUS[xN]    refuse the first N handshakes (1) with 403, 429, 500, …
              --nack NAMES           refuse subscriptions; a star stands for any letters
              --silent NAMES         acknowledge subscriptions and never deliver
              --limits KEY=N,…       instead of the venue's own; 0 is none: messages (a second),
                                     connects (in 5 min), connections (at a time), streams, args
                                     (characters), args-request, weight, ban-ms, ping-ms, pong-ms,
                                     silence-ms, lifetime-ms, pending-mb
            TLS
              --tls                  a second port, with a certificate of a CA made at the start
              --tls-port N           default 0      --ca-out FILE          the CA's root as PEM
              --tls-names LIST       default localhost,127.0.0.1
            """;

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
            out.print(USAGE);
            return;
        }
        new ServeVenue(parse(args)).serve(in, out, report);
    }

    private void serve(InputStream in, PrintStream out, PrintStream report)
            throws IOException, GeneralSecurityException, InterruptedException {
        Optional<TrueTape> truth = truth();
        FrameSource source = source(truth);
        CompletableFuture<@Nullable Void> stop = new CompletableFuture<>();
        CountDownLatch gone = new CountDownLatch(1);
        try (PrintStream faultLog = faultLog();
                VenueServer server = builder(source, faultLog).open()) {
            breakIn(server);
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
                .limits(limits(source.venue())).faults(faults()).port(port("--port"))
                .fillerListings((int) number("--filler", 0));
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

    private static String ports(Venue venue, VenueServer server) {
        return "{\"venue\":\"" + venue.label() + "\",\"port\":" + server.port() + ",\"tlsPort\":"
                + server.tlsPort() + ",\"ws\":\"" + server.wsUri("") + "\",\"http\":\""
                + server.httpUri("") + "\"}";
    }

    private void breakIn(VenueServer server) {
        String refuse = text("--refuse", "");
        if (!refuse.isEmpty()) {
            String[] parts = refuse.split("x", 2);
            int count = parts.length == 2 ? Integer.parseInt(parts[1]) : DEFAULT_REFUSALS;
            server.refuseHandshakes(Integer.parseInt(parts[0]), count);
        }
        if (options.containsKey("--nack")) {
            server.nack(text("--nack", "").split(",", -1));
        }
        if (options.containsKey("--silent")) {
            server.silence(text("--silent", "").split(",", -1));
        }
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
                .of(new TrueTape(venue,
                        MakeRecording.listings(venue, options.get("--instruments"))));
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
        MarketSettings market = options.containsKey("--thin")
                ? MarketSettings.thin()
                : known.liquid();
        String rate = options.get("--rate");
        SyntheticSource.Builder builder = SyntheticSource.builder(known, number("--seed", 1))
                .listings(MakeRecording.listings(known, instruments))
                .market(rate == null
                        ? market
                        : market.withActionsPerSecond(fraction("--rate", rate)))
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
                .withOversizeBytes((int) (number("--oversize-mb", 8) * MB));
    }

    private VenueLimits limits(Venue venue) {
        VenueLimits limits = VenueLimits.of(venue);
        String text = text("--limits", "");
        for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            String[] keyAndValue = part.split("=", 2);
            if (keyAndValue.length < 2) {
                throw new IllegalArgumentException("no limit=number: " + part);
            }
            int value = Integer.parseInt(keyAndValue[1]);
            limits = switch (keyAndValue[0]) {
                case "messages" -> limits.withMessagesPerSecond(value);
                case "connects" -> limits.withConnectsPerFiveMinutes(value);
                case "streams" -> limits.withStreamsPerConnection(value);
                case "args" -> limits.withArgsCharacters(value);
                case "args-request" -> limits.withArgsPerRequest(value);
                case "connections" -> limits.withConnections(value);
                case "ban-ms" -> limits.withRestBanMs(value);
                case "weight" -> limits.withRestWeight(value, limits.restSeconds());
                case "ping-ms" -> limits.withPings(value, limits.pongMs());
                case "pong-ms" -> limits.withPings(limits.pingMs(), value);
                case "silence-ms" -> limits.withSilenceMs(value);
                case "lifetime-ms" -> limits.withLifetimeMs(value);
                case "pending-mb" -> limits.withMostPendingBytes(value * MB);
                default -> throw new IllegalArgumentException("no limit " + keyAndValue[0]);
            };
        }
        return limits;
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

    private static Map<String, String> parse(String[] args) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < args.length; i++) {
            if (SWITCHES.contains(args[i])) {
                options.put(args[i], "");
            } else if (OPTIONS.contains(args[i]) && i + 1 < args.length) {
                options.put(args[i], args[++i]);
            } else {
                throw new IllegalArgumentException(
                        "not an option, or its value is missing: " + args[i]);
            }
        }
        return options;
    }
}
