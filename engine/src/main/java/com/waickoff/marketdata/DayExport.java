package com.waickoff.marketdata;

import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.replay.EventTables;
import com.waickoff.marketdata.replay.ExportSettings;
import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.replay.FindingTables;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.window.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One UTC day of a journal as tables: the events received on it, and the windows that begin on it in
 * their last revision.
 *
 * <pre>
 *        day                                   next day
 *   ─────┬─────────────────────────────────────┬──────────────────────┬───
 *        │ events, signals                     │ rows.history         │
 *        │ windows retire ──────────────────── │ ───────────────────► │ what is left retires
 *        ^ checkpoint of the day before        ^ checkpoint           ^ the day is done
 * </pre>
 *
 * <p>Begins with the checkpoint that the day before left, so that a day costs a day's events.
 *
 * <p>Threads: one.
 */
public final class DayExport {
    private static final long DAY_NS = TimeUnit.DAYS.toNanos(1);
    private static final long NS_PER_MS = 1_000_000L;
    /** Beyond the lateness and the history of rows, in which windows still change. */
    private static final long SLACK_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int ONE_BATCH = 1;
    private static final int BATCHES_PER_LOOK = 1 << 12;

    private final EngineConfig config;
    private final Path directory;
    private final Consumer<String> notes;

    /**
     * What was exported.
     *
     * @param epochDay days since the epoch
     * @param firstSequence of its events
     * @param lastSequence of its events
     * @param journalId of the journal it is from
     * @param rows of each table
     */
    public record Day(long epochDay, long firstSequence, long lastSequence, long journalId,
            Map<ExportTable, Long> rows) {
        /** The map is copied. */
        public Day {
            rows = Map.copyOf(rows);
        }
    }

    /**
     * Exports of a journal's days.
     *
     * @param config the engine's
     * @param directory for checkpoints between two days, its own
     * @param notes hears what a person should know
     */
    public DayExport(EngineConfig config, Path directory, Consumer<String> notes) {
        this.config = config;
        this.directory = directory;
        this.notes = notes;
    }

    /**
     * Up to which receive time the journal must be there for a day to be exported, in ns since the
     * epoch.
     */
    public long neededUntilNs(long epochDay) {
        return (epochDay + 1) * DAY_NS + SLACK_NS
                + (config.windows().latenessMs() + config.windows().historyMs()) * NS_PER_MS;
    }

    /**
     * Exports the day of the first event after a sequence.
     *
     * @param afterSequence last one of the day before; 0 for the beginning of the journal
     * @param goesOn asked now and then
     * @return null if the journal does not go on for long enough yet, or it is not to go on
     * @throws com.waickoff.marketdata.journal.JournalException if the journal cannot be read
     */
    public @Nullable Day export(long afterSequence, ExportSettings settings,
            BooleanSupplier goesOn) throws IOException {
        try (Derivation derivation = Derivation.open(config, directory, afterSequence, notes);
                EventTables events = new EventTables(derivation.catalogue(), settings, Map.of());
                FindingTables findings = new FindingTables(settings, Map.of())) {
            Pass pass = new Pass(derivation, afterSequence, events, findings);
            for (int batches = 1; pass.goesOn(); batches++) {
                if (derivation.poll(pass, ONE_BATCH) == 0
                        || (batches % BATCHES_PER_LOOK == 0 && !goesOn.getAsBoolean())) {
                    return null;
                }
                pass.onBatch();
            }
            derivation.retireAll(pass);
            return pass.day(settings);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What is derived on the way. */
    private final class Pass implements DerivationListener {
        private final Derivation derivation;
        private final long afterSequence;
        private final EventTables events;
        private final FindingTables findings;
        private long dayNs = Long.MIN_VALUE;
        private long firstSequence;
        private long lastSequence;

        Pass(Derivation derivation, long afterSequence, EventTables events,
                FindingTables findings) {
            this.derivation = derivation;
            this.afterSequence = afterSequence;
            this.events = events;
            this.findings = findings;
        }

        boolean goesOn() {
            return firstSequence == 0 || derivation.receiveTimeNs() < neededUntilNs(
                    Math.floorDiv(dayNs, DAY_NS));
        }

        @Override
        public void onEvent(MarketEvent event, long sequence) {
            if (sequence <= afterSequence) {
                return; // an older checkpoint had to do
            }
            if (firstSequence == 0) {
                firstSequence = sequence;
                dayNs = Math.floorDiv(event.receiveTimeNs(), DAY_NS) * DAY_NS;
            }
            if (lastSequence == 0) {
                events.onEvent(event, sequence);
            }
        }

        /**
         * The day's events end with the batch that is received first on the next day, usually its
         * clock at midnight: so the next day can begin with a checkpoint behind it.
         */
        void onBatch() throws IOException {
            if (firstSequence > 0 && lastSequence == 0 && derivation.isBetweenBatches()
                    && derivation.receiveTimeNs() >= dayNs + DAY_NS) {
                lastSequence = derivation.handledSequence();
                derivation.checkpoint();
            }
        }

        @Override
        public void onSignal(int instrumentId, Signal signal) {
            if (firstSequence > 0 && lastSequence == 0) {
                findings.add(Studies.described(derivation.catalogue().get(instrumentId), config),
                        signal);
            }
        }

        @Override
        public void onWindowRetired(int instrumentId, Window window, long cumulativeDelta) {
            if (window.startNs() < dayNs || window.startNs() >= dayNs + DAY_NS) {
                return;
            }
            long endMs = window.startNs() / NS_PER_MS + window.timeframe().lengthMs();
            int ppm = CoverageStamp.of(window.startNs() / NS_PER_MS, endMs, endMs * NS_PER_MS,
                    window.has(Window.UNORDERED | Window.OUTDATED),
                    derivation.coverage(instrumentId), 0).ppm();
            findings.add(Studies.described(derivation.catalogue().get(instrumentId), config),
                    window, cumulativeDelta, ppm);
        }

        Day day(ExportSettings settings) {
            Map<ExportTable, Long> rows = new EnumMap<>(ExportTable.class);
            for (ExportTable table : settings.tables()) {
                rows.put(table, events.rows(table) + findings.rows(table));
            }
            return new Day(Math.floorDiv(dayNs, DAY_NS), firstSequence, lastSequence,
                    derivation.journal().journalId(), rows);
        }
    }
}
