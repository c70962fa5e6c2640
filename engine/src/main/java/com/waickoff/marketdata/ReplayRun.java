package com.waickoff.marketdata;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
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
import com.waickoff.marketdata.replay.EventLog;
import com.waickoff.marketdata.replay.EventTables;
import com.waickoff.marketdata.replay.ExportSettings;
import com.waickoff.marketdata.replay.Exports;
import com.waickoff.marketdata.replay.JournalReplay;
import com.waickoff.marketdata.replay.MixedReplay;
import com.waickoff.marketdata.replay.Pacer;
import com.waickoff.marketdata.replay.RecordingReader;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
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
    /** Progress is told once in so many steps or polls. */
    private static final int STEPS_PER_PROGRESS = 256;
    private static final long BETWEEN_BEATS_NS = 100_000_000;

    private final ReplayRequest request;
    private final ReplayProgress progress;
    private final LongSupplier wallClockNs;
    private final LongSupplier nanoClock;
    private final Run life;
    private final StatusWriter status;
    private final ReplayInputs inputs;
    private final Pacer pacer;
    private final List<CounterBlock> counters = new ArrayList<>();
    private final List<WindowLedger> ledgers = new ArrayList<>();
    private final List<SignalLedger> signalLedgers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int notesLeftOut;
    private LongConsumer beat = nowNs -> {};
    private long beatNs;

    private ReplayRun(ReplayRequest request, ReplayProgress progress, LongSupplier wallClockNs,
            LongSupplier nanoClock, Run life, StatusWriter status) {
        this.life = life;
        this.status = status;
        this.request = request;
        this.progress = progress;
        this.wallClockNs = wallClockNs;
        this.nanoClock = nanoClock;
        inputs = new ReplayInputs(request);
        pacer = new Pacer(request.speed(), nanoClock, new Wishes());
        beatNs = nanoClock.getAsLong() - BETWEEN_BEATS_NS;
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
        ReplayRequest.Journal journal = request.onlyJournal();
        Outcome outcome = journal == null ? mixed() : journal(journal.dir());
        status.heartbeat(wallClockNs.getAsLong());
        if (notesLeftOut > 0) {
            notes.add("and " + notesLeftOut + " more");
        }
        return new ReplayResult(outcome.events, outcome.endedNs - startedNs, outcome.stateHash,
                counters.stream().map(CounterBlock::copy).toList(), notes);
    }

    private record Outcome(long events, long endedNs, String stateHash) {}

    /** Through the ring, under new sequences. */
    private Outcome mixed() throws IOException, ReplayException {
        inputs.check();
        boolean isOfOne = request.sources().size() == 1;
        try (Engine engine = Engine.open(engineConfig(), world(request.journalTo() != null));
                EventTables tables = eventTables(engine.catalogue());
                MixedReplay replay = new MixedReplay(sink(engine), engine.catalogue(),
                        request.selection(), fromNs(), log(tables), isOfOne)) {
            beat = engine::heartbeat;
            for (ReplayRequest.Source source : request.sources()) {
                switch (source) {
                    case ReplayRequest.Recording recording -> add(recording, engine, replay);
                    case ReplayRequest.Journal journal -> add(journal, replay);
                }
            }
            LongSupplier events = () -> engine.nextSequence() - 1;
            replay.run(toNs(), pacer, goOn(replay::done, replay::total, events));
            engine.awaitHandled();
            long endedNs = nanoClock.getAsLong();
            if (engine.catalogue().count() == 0) {
                note("no instrument of the recording is known, so nothing was decoded: it holds no"
                        + " metadata, and no file of instruments was given");
            }
            replay.leftOut().forEach((name, count) -> note(count + " events of " + name
                    + " are left out: several sources hold it at the same time, and it is taken"
                    + " from one at a time"));
            engine.checkpoint();
            engine.retireAll();
            progress.onProgress(replay.total(), replay.total(), events.getAsLong());
            return new Outcome(events.getAsLong(), endedNs, export());
        }
    }

    private static EventSink sink(Engine engine) {
        return engine.recoveredSequence() == 0 ? engine.sink()
                : new ResumingSink(engine.sink(), engine.recoveredSequence());
    }

    private void add(ReplayRequest.Recording source, Engine engine, MixedReplay replay)
            throws IOException, ReplayException {
        Venue venue = ReplayInputs.venue(source.venue());
        List<Instrument> instruments = inputs.instruments(source, venue);
        MixedReplay.Door door = replay.door();
        VenueProtocol protocol = Venues.forRecording(venue,
                new FeedPorts(door.sink(), engine.catalogue(), new TradeChains(engine.catalogue()),
                        replay.clock(), VenueTransport.NOBODY, counters(venue.code()),
                        rejections(venue)),
                instruments,
                instruments.isEmpty() ? RecordingSurvey.ofAll(source.file())
                        : RecordingSurvey.ofTrades(source.file()));
        replay.add(RecordingReader.open(source.file(), (line, what) -> note("line " + line
                + " of the recording is skipped: " + what)), protocol, door);
    }

    private void add(ReplayRequest.Journal source, MixedReplay replay) {
        JournalDirectory directory = JournalDirectory.open(source.dir());
        InstrumentCatalogue own = new InstrumentCatalogue(request.engine().instrumentCapacity());
        replay.add(new JournalTail(new SegmentedJournal(directory), own), own, replay.door(),
                ReplayInputs.lastSequence(directory));
    }

    /** Straight into the studies, under the sequences of the journal. */
    private Outcome journal(Path dir) throws IOException {
        JournalDirectory directory = JournalDirectory.open(dir);
        EngineConfig config = engineConfig();
        InstrumentCatalogue catalogue = new InstrumentCatalogue(config.instrumentCapacity());
        try (SnapshotWriter snapshot = SnapshotWriter.create(config.snapshotFile(),
                config.snapshot(), life);
                EventTables tables = eventTables(catalogue);
                JournalTail tail = new JournalTail(new SegmentedJournal(directory), catalogue)) {
            beat = snapshot::heartbeat;
            Studies studies = new Studies(config, catalogue, snapshot, ledger(),
                    signals(), counters("studies-0"));
            JournalReplay replay = new JournalReplay(catalogue, studies, pacer,
                    request.selection(), fromNs(), toNs(), log(tables));
            long last = ReplayInputs.lastSequence(directory);
            replay.run(tail, goOn(() -> Math.max(0, tail.nextSequence() - 1), () -> last,
                    replay::events));
            long endedNs = nanoClock.getAsLong();
            studies.retireAll();
            progress.onProgress(last, last, replay.events());
            return new Outcome(replay.events(), endedNs, export());
        }
    }

    private @Nullable EventTables eventTables(InstrumentCatalogue catalogue) throws IOException {
        ExportSettings settings = request.export();
        return settings == null || !settings.hasEvents() ? null
                : new EventTables(catalogue, settings, metadata());
    }

    private static EventLog log(@Nullable EventTables tables) {
        return tables == null ? EventLog.NONE : tables;
    }

    /** What a reader of an exported file may want to know of its making. */
    private Map<String, String> metadata() {
        return Map.of("waickoff.sources", request.sources().toString(), "waickoff.from_ms",
                Long.toString(request.fromMs()), "waickoff.row_ticks",
                Long.toString(request.engine().windows().rowTicks()));
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
        if (!counters.contains(block)) {
            counters.add(block);
        }
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
        if (request.export() == null) {
            return SignalListener.NONE;
        }
        SignalLedger ledger = new SignalLedger();
        signalLedgers.add(ledger);
        return ledger::add;
    }

    private String export() throws IOException {
        ExportSettings settings = request.export();
        try (SnapshotReader snapshot = SnapshotReader.open(request.engine().snapshotFile())) {
            Exports exports = settings == null ? new Exports(ledgers, snapshot)
                    : new Exports(ledgers, snapshot, settings.rule());
            if (settings != null) {
                exports.writeTo(settings, metadata());
                new SignalExport(signalLedgers, snapshot).writeTo(settings, metadata());
            }
            return exports.stateHash();
        }
    }

    /** Whether to go on, asked before every step: told now and then, and while it waits. */
    private BooleanSupplier goOn(LongSupplier done, LongSupplier total, LongSupplier events) {
        int[] asked = {0};
        return () -> {
            asked[0]++;
            if (asked[0] % STEPS_PER_PROGRESS == 0 || pacer.isPaced()) {
                progress.onProgress(done.getAsLong(), total.getAsLong(), events.getAsLong());
                beat();
                pacer.standStill();
                return !progress.isStopRequested();
            }
            return true;
        };
    }

    /** Readers see from it that the replay lives, however slowly it goes. */
    private void beat() {
        long nowNs = nanoClock.getAsLong();
        if (nowNs - beatNs >= BETWEEN_BEATS_NS) {
            beatNs = nowNs;
            long wallNs = wallClockNs.getAsLong();
            status.heartbeat(wallNs);
            beat.accept(wallNs);
        }
    }

    private final class Wishes implements Pacer.Will {
        @Override
        public boolean isStopped() {
            return progress.isStopRequested();
        }

        @Override
        public boolean isPaused() {
            return progress.isPauseRequested();
        }

        @Override
        public void onWaiting() {
            beat();
        }
    }

    private long fromNs() {
        return request.fromMs() * NS_PER_MS;
    }

    private long toNs() {
        return request.toMs() > Long.MAX_VALUE / NS_PER_MS ? Long.MAX_VALUE
                : request.toMs() * NS_PER_MS;
    }

    private void note(String note) {
        if (notes.size() < MAX_NOTES) {
            notes.add(note);
        } else {
            notesLeftOut++;
        }
    }
}
