package com.waickoff.marketdata;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.flow.SignalListener;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalInUseException;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.memory.DirectoryInUseException;
import com.waickoff.marketdata.memory.DirectoryLock;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.replay.Exports;
import com.waickoff.marketdata.replay.JournalReplay;
import com.waickoff.marketdata.replay.Pacer;
import com.waickoff.marketdata.replay.RecordingReader;
import com.waickoff.marketdata.replay.RecordingReplay;
import com.waickoff.marketdata.replay.RecordingSurvey;
import com.waickoff.marketdata.replay.ResumingSink;
import com.waickoff.marketdata.replay.SignalExport;
import com.waickoff.marketdata.replay.SignalLedger;
import com.waickoff.marketdata.replay.WindowLedger;
import com.waickoff.marketdata.ring.PipelineFailedException;
import com.waickoff.marketdata.segment.SegmentedJournal;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.StatusWriter;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One replay from its request to its result, through the objects that serve live data.
 *
 * <p>Threads: one, besides those of the requested topology.
 */
public final class ReplayRun {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int MAX_NOTES = 20;
    /** Progress is told once in so many lines or polls. */
    private static final int LINES_PER_PROGRESS = 1024;

    private final ReplayRequest request;
    private final ReplayProgress progress;
    private final LongSupplier wallClockNs;
    private final LongSupplier nanoClock;
    private final Run life;
    private final StatusWriter status;
    private final List<CounterBlock> counters = new ArrayList<>();
    private final List<WindowLedger> ledgers = new ArrayList<>();
    private final List<SignalLedger> signalLedgers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int notesLeftOut;

    private ReplayRun(ReplayRequest request, ReplayProgress progress, LongSupplier wallClockNs,
            LongSupplier nanoClock, Run life, StatusWriter status) {
        this.life = life;
        this.status = status;
        this.request = request;
        this.progress = progress;
        this.wallClockNs = wallClockNs;
        this.nanoClock = nanoClock;
    }

    /**
     * Replays.
     *
     * @param wallClockNs time in ns since the epoch
     * @param nanoClock counts ns from an arbitrary origin
     * @throws ReplayException if it cannot be done; nothing of the source was changed
     */
    public static ReplayResult run(ReplayRequest request, ReplayProgress progress,
            LongSupplier wallClockNs, LongSupplier nanoClock) throws ReplayException {
        Run life = Run.ofThisProcess(wallClockNs.getAsLong());
        try {
            try (DirectoryLock _ = request.engine().lockFiles();
                    StatusWriter status = StatusWriter.create(request.engine().statusFile(), life,
                            wallClockNs)) {
                return new ReplayRun(request, progress, wallClockNs, nanoClock, life, status)
                        .result();
            }
        } catch (JournalInUseException | DirectoryInUseException e) {
            throw ReplayException.of(JournalInUseException.EXIT_CODE, e);
        } catch (JournalException e) {
            throw ReplayException.of(ReplayException.EXIT_DATA, e);
        } catch (PipelineFailedException e) {
            throw ReplayException.of(ReplayException.EXIT_SOFTWARE, e);
        } catch (FileSystemException e) {
            throw new ReplayException(ReplayException.EXIT_CANNOT_CREATE,
                    EngineException.reasonOf(e), e);
        } catch (IOException e) {
            throw ReplayException.of(ReplayException.EXIT_IO, e);
        }
    }

    private ReplayResult result() throws IOException, ReplayException {
        long startedNs = nanoClock.getAsLong();
        Outcome outcome = switch (request.source()) {
            case ReplayRequest.Recording recording -> recording(recording);
            case ReplayRequest.Journal journal -> journal(journal.dir());
        };
        status.heartbeat(wallClockNs.getAsLong());
        if (notesLeftOut > 0) {
            notes.add("and " + notesLeftOut + " more");
        }
        return new ReplayResult(outcome.events, outcome.endedNs - startedNs, outcome.stateHash,
                counters.stream().map(CounterBlock::copy).toList(), notes);
    }

    private record Outcome(long events, long endedNs, String stateHash) {}

    private Outcome recording(ReplayRequest.Recording source) throws IOException, ReplayException {
        requireFile(source.file(), "the recording");
        Venue venue = venue(source.venue());
        List<Instrument> instruments = instruments(source.instrumentsCsv(), venue);
        try (RecordingReader reader = RecordingReader.open(source.file(), this::noteLine);
                Engine engine = Engine.open(engineConfig(), world(request.journalTo() != null))) {
            EventSink sink = engine.recoveredSequence() == 0 ? engine.sink()
                    : new ResumingSink(engine.sink(), engine.recoveredSequence());
            FeedClock clock = new FeedClock(sink);
            VenueProtocol protocol = Venues.forRecording(venue,
                    new FeedPorts(sink, engine.catalogue(), new TradeChains(engine.catalogue()),
                            clock, VenueTransport.NOBODY, counters(venue.code()),
                            rejections(venue)),
                    instruments,
                    instruments.isEmpty() ? RecordingSurvey.ofAll(source.file())
                            : RecordingSurvey.ofTrades(source.file()));
            new RecordingReplay(reader, protocol, sink, clock, pacer()).run(fromNs(), toNs(),
                    goOn(reader::bytesRead, reader.fileBytes(), sink::publishedCount));
            engine.awaitHandled();
            long endedNs = nanoClock.getAsLong();
            if (engine.catalogue().count() == 0) {
                note("no instrument of the recording is known, so nothing was decoded: it holds no"
                        + " metadata, and no file of instruments was given");
            }
            engine.checkpoint();
            engine.retireAll();
            progress.onProgress(reader.fileBytes(), reader.fileBytes(), sink.publishedCount());
            return new Outcome(sink.publishedCount(), endedNs, export());
        }
    }

    private Outcome journal(Path dir) throws IOException {
        JournalDirectory directory = JournalDirectory.open(dir);
        EngineConfig config = engineConfig();
        InstrumentCatalogue catalogue = new InstrumentCatalogue(config.instrumentCapacity());
        try (SnapshotWriter snapshot = SnapshotWriter.create(config.snapshotFile(),
                config.snapshot(), life);
                JournalTail tail = new JournalTail(new SegmentedJournal(directory), catalogue)) {
            Studies studies = new Studies(config, catalogue, snapshot, ledger(),
                    signals(), counters("studies-0"));
            JournalReplay replay = new JournalReplay(catalogue, studies, pacer(), fromNs(), toNs());
            replay.run(tail, goOn(tail::nextSequence, 0, replay::events));
            long endedNs = nanoClock.getAsLong();
            studies.retireAll();
            progress.onProgress(tail.nextSequence(), tail.nextSequence(), replay.events());
            return new Outcome(replay.events(), endedNs, export());
        }
    }

    private EngineConfig engineConfig() {
        Path journalTo = request.journalTo();
        return journalTo == null ? request.engine() : request.engine().withJournalDir(journalTo);
    }

    private EngineWorld world(boolean isJournaled) {
        return new EngineWorld(life, isJournaled, wallClockNs, this::counters, this::ledger,
                this::signals, this::note);
    }

    private CounterBlock counters(String owner) {
        CounterBlock block = status.counters(owner);
        counters.add(block);
        return block;
    }

    private FrameRejections rejections(Venue venue) {
        return (fate, detail, address, length, receiveTimeNs) -> status.errors()
                .record(venue.code(), fate.label(), detail, address, length);
    }

    private WindowListener ledger() {
        WindowLedger ledger = new WindowLedger();
        ledgers.add(ledger);
        return ledger;
    }

    private SignalListener signals() {
        if (request.exportDir() == null) {
            return SignalListener.NONE;
        }
        SignalLedger ledger = new SignalLedger();
        signalLedgers.add(ledger);
        return ledger::add;
    }

    private String export() throws IOException {
        try (SnapshotReader snapshot = SnapshotReader.open(request.engine().snapshotFile())) {
            Exports exports = new Exports(ledgers, snapshot);
            Path exportDir = request.exportDir();
            if (exportDir != null) {
                exports.writeTo(exportDir);
                new SignalExport(signalLedgers, snapshot).writeTo(exportDir);
            }
            return exports.stateHash();
        }
    }

    private BooleanSupplier goOn(LongSupplier done, long total, LongSupplier events) {
        int[] asked = {0};
        return () -> {
            asked[0]++;
            if (asked[0] % LINES_PER_PROGRESS == 0 || request.speed() > 0) {
                progress.onProgress(done.getAsLong(), total, events.getAsLong());
                return !progress.isStopRequested();
            }
            return true;
        };
    }

    private Pacer pacer() {
        return request.speed() == ReplayRequest.AS_FAST_AS_IT_GOES ? Pacer.NONE
                : new Pacer(request.speed(), nanoClock, progress::isStopRequested);
    }

    private long fromNs() {
        return request.fromMs() * NS_PER_MS;
    }

    private long toNs() {
        return request.toMs() > Long.MAX_VALUE / NS_PER_MS ? Long.MAX_VALUE
                : request.toMs() * NS_PER_MS;
    }

    private void noteLine(long lineNumber, String what) {
        note("line " + lineNumber + " of the recording is skipped: " + what);
    }

    private void note(String note) {
        if (notes.size() < MAX_NOTES) {
            notes.add(note);
        } else {
            notesLeftOut++;
        }
    }

    private static void requireFile(Path file, String what) throws ReplayException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new ReplayException(ReplayException.EXIT_NO_INPUT,
                    what + " " + file + " is not a file that can be read", null);
        }
    }

    private static Venue venue(String code) throws ReplayException {
        Venue venue = Venue.of(code);
        if (venue == null || !Venues.BUILT.contains(venue)) {
            throw new ReplayException(ReplayException.EXIT_DATA, "venue " + code
                    + " cannot be replayed; these can: " + Venues.BUILT, null);
        }
        return venue;
    }

    /** What the file defines; without a file, what the configuration defines. */
    private List<Instrument> instruments(@Nullable Path csv, Venue venue)
            throws ReplayException, IOException {
        if (csv == null) {
            return ofVenue(request.engine().instruments(), venue);
        }
        requireFile(csv, "the instrument file");
        try {
            List<Instrument> wanted = ofVenue(InstrumentSource.readCsv(csv), venue);
            if (wanted.isEmpty()) {
                throw new ReplayException(ReplayException.EXIT_DATA,
                        csv + " names no instrument of " + venue.code(), null);
            }
            return wanted;
        } catch (IllegalArgumentException e) {
            throw ReplayException.of(ReplayException.EXIT_DATA, e);
        }
    }

    private static List<Instrument> ofVenue(List<Instrument> instruments, Venue venue) {
        return instruments.stream()
                .filter(instrument -> instrument.venue().equals(venue.code())).toList();
    }
}
