package com.waickoff.venue;

import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketSettings;
import com.waickoff.venue.recording.FaultInjector;
import com.waickoff.venue.recording.FaultRates;
import com.waickoff.venue.recording.InjectedFault;
import com.waickoff.venue.recording.RecordingWriter;
import com.waickoff.venue.reference.ReferenceTape;
import com.waickoff.venue.wire.FrameListener;
import com.waickoff.venue.wire.WireSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a recording of an invented venue, and on request the truth beside it. The same arguments
 * give the same lines.
 */
public final class MakeRecording {
    private static final int EXIT_USAGE = 2;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final Set<String> SWITCHES = Set.of("--thin");
    private static final Set<String> OPTIONS = Set.of("--venue", "--seed", "--seconds", "--frames",
            "--instruments", "--start", "--rate", "--snapshot-every", "--faults", "--out",
            "--truth");
    private static final String USAGE = """
            Usage: MakeRecording --venue VENUE --out FILE (--seconds N | --frames N) [options]
              --venue VENUE          bybit-linear, binance-usdm or binance-spot
              --out FILE             the recording; packed if the name ends in .gz
              --seconds N            length in event time
              --frames N             length in lines, at least
              --seed N               default 1; the same seed gives the same recording
              --instruments LIST     symbols, or SYMBOL:tick:lot:price:typical-lots; default: all
              --start INSTANT        default 2026-01-05T14:00:00Z
              --rate N               orders and cancels a second and instrument; default 800 on
                                     binance-usdm, else 300
              --thin                 a small market, few book updates, ids that pack well
              --snapshot-every N     a full book again every N seconds
              --faults NAME=RATE,…   drop, duplicate, truncate, garbage, misfit, swap, shuffle,
                                     late, unknown-keys, white-space, key-order
              --truth DIR            windows.csv, profile.csv, book.csv as they truly are, and
                                     instruments.csv; with faults also faults.csv, and in
                                     DIR/delivered the windows of the trades that arrived whole
            """;

    private final Venue venue;
    private final long seed;
    private final List<Listing> listings;
    private final MarketSettings market;
    private final WireSettings wire;
    private final long startNs;
    private final long seconds;
    private final long frames;
    private final FaultRates faults;
    private final Path out;
    private final @Nullable Path truth;

    private MakeRecording(Map<String, String> options) {
        boolean thin = options.containsKey("--thin");
        this.venue = Venue.of(required(options, "--venue"));
        this.out = Path.of(required(options, "--out"));
        this.seed = number(options, "--seed", 1);
        this.seconds = number(options, "--seconds", 0);
        this.frames = number(options, "--frames", 0);
        if ((seconds > 0) == (frames > 0)) {
            throw new IllegalArgumentException("either --seconds or --frames, above 0");
        }
        this.listings = listings(venue, options.get("--instruments"));
        this.startNs = start(options.get("--start"));
        MarketSettings usual = thin ? MarketSettings.thin() : venue.liquid();
        String rate = options.get("--rate");
        this.market = rate == null ? usual : usual.withActionsPerSecond(Double.parseDouble(rate));
        this.wire = (thin ? WireSettings.thin() : WireSettings.standard())
                .withSnapshotSeconds((int) number(options, "--snapshot-every", 0));
        String faultText = options.get("--faults");
        this.faults = faultText == null ? FaultRates.none() : FaultRates.parse(faultText);
        String truthText = options.get("--truth");
        this.truth = truthText == null ? null : Path.of(truthText);
    }

    public static void main(String[] args) throws IOException {
        try {
            run(args, System.out);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(USAGE);
            System.exit(EXIT_USAGE);
        }
    }

    /**
     * Does what {@link #main} does.
     *
     * @param report gets a few lines about what was written
     * @throws IllegalArgumentException if the arguments make no sense
     */
    public static void run(String[] args, PrintStream report) throws IOException {
        new MakeRecording(CommandOptions.parse(args, SWITCHES, OPTIONS)).make(report);
    }

    private void make(PrintStream report) throws IOException {
        createParent(out);
        TrueTape trueTape = new TrueTape(venue, listings);
        DeliveredTape delivered = new DeliveredTape(venue, listings);
        List<InjectedFault> injected = new ArrayList<>();
        RecordingSummary summary = new RecordingSummary();
        VenueSession session;
        try (RecordingWriter writer = new RecordingWriter(out)) {
            FrameListener lines = frame -> {
                writer.onFrame(frame);
                summary.onFrame(frame);
                if (truth != null) {
                    delivered.onFrame(frame);
                }
            };
            FaultInjector injector = new FaultInjector(faults, seed, lines, injected::add);
            VenueSession.Builder builder = VenueSession.builder(venue, seed).listings(listings)
                    .market(market).wire(wire).startNs(startNs).frames(injector);
            session = (truth == null ? builder : builder.truth(trueTape)).open();
            if (seconds > 0) {
                session.runFor(seconds * NANOS_PER_SECOND);
            } else {
                session.runFrames(frames);
            }
            session.close();
            injector.close();
        }
        report.println(out + ": " + summary + ", " + Files.size(out) + " bytes, seed " + seed);
        if (truth != null) {
            TruthFiles.write(truth, venue, listings, trueTape.tape(), session::trueBook);
            if (!faults.byFault().isEmpty()) {
                writeFaults(truth, injected, delivered.tape());
            }
            report.println(truth + ": " + trueTape.tape().size() + " true trades, "
                    + delivered.tape().size() + " delivered whole, " + injected.size()
                    + " faults");
        }
    }

    private static void writeFaults(Path directory, List<InjectedFault> injected,
            ReferenceTape delivered) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(InjectedFault.CSV_HEADER);
        injected.forEach(fault -> lines.add(fault.csv()));
        Files.write(directory.resolve("faults.csv"), lines);
        TruthFiles.writeWindows(directory.resolve("delivered"), delivered);
    }

    private static void createParent(Path file) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
    }

    private static String required(Map<String, String> options, String name) {
        String value = options.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    private static long number(Map<String, String> options, String name, long otherwise) {
        String value = options.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    static long start(@Nullable String text) {
        if (text == null) {
            return VenueSession.DEFAULT_START_NS;
        }
        try {
            Instant start = Instant.parse(text);
            return start.getEpochSecond() * NANOS_PER_SECOND + start.getNano();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no instant: " + text, e);
        }
    }

    static List<Listing> listings(Venue venue, @Nullable String text) {
        if (text == null) {
            return venue.listings();
        }
        List<Listing> listings = new ArrayList<>();
        for (String name : text.split(",", -1)) {
            String[] parts = name.split(":", -1);
            listings.add(parts.length == 5
                    ? new Listing(parts[0], parts[1], parts[2], parts[3], Long.parseLong(parts[4]))
                    : venue.listing(name));
        }
        return listings;
    }
}
