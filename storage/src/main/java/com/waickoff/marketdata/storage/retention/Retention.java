package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.DayExport;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalEnd;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.memory.DirectoryInUseException;
import com.waickoff.marketdata.memory.FreeSpace;
import com.waickoff.marketdata.replay.JournalNeed;
import com.waickoff.marketdata.segment.Sealing;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.segment.Segments;
import com.waickoff.marketdata.storage.retention.RetentionPlan.RemoveLevels;
import com.waickoff.marketdata.storage.retention.RetentionPlan.RemoveParquet;
import com.waickoff.marketdata.storage.retention.RetentionPlan.RemoveTape;
import com.waickoff.marketdata.storage.retention.RetentionPlan.Seal;
import com.waickoff.marketdata.storage.retention.RetentionPlan.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Does what {@link RetentionPolicy} plans for the files of an engine, writes days as Parquet, and has
 * the database let go of what is old.
 *
 * <pre>
 *   a round:  tidy ─► plan ─► seal, remove ─► export days ─► plan again ─► … ─► database
 * </pre>
 *
 * <p>What fails is told in the status and tried again in the next round; the rest goes on. Killed at
 * any point it loses nothing, and the next round removes what was half done.
 *
 * <p>Threads: one.
 */
public final class Retention {
    /** What a round frees lets the next plan see further; more than this is for the next round. */
    private static final int PLANS_PER_ROUND = 3;
    private static final long NS_PER_DAY = TimeUnit.DAYS.toNanos(1);
    private static final long NO_DAY = Long.MAX_VALUE;

    private final EngineConfig config;
    private final RetentionSettings settings;
    private final WarmTier warm;
    private final World world;
    private final RetentionStatus status;
    private final ColdDays cold;
    private final DayExport export;
    private boolean isExportFailing;

    /**
     * What retention needs of the world around it.
     *
     * @param epochMs time in ms since the epoch
     * @param space where free disk is learned from
     * @param notes hears what a person should know
     * @param goesOn asked between two steps
     */
    public record World(LongSupplier epochMs, FreeSpace space, Consumer<String> notes,
            BooleanSupplier goesOn) {}

    /**
     * Retention of an engine's files.
     *
     * @param status is told what was done
     */
    public Retention(EngineConfig config, RetentionSettings settings, WarmTier warm, World world,
            RetentionStatus status) {
        this.config = config;
        this.settings = settings;
        this.warm = warm;
        this.world = world;
        this.status = status;
        cold = new ColdDays(coldDirectory(config));
        export = new DayExport(config, config.dataDir().resolve("drain").resolve("cold"),
                world.notes());
    }

    /** Where days are kept as Parquet. */
    public static Path coldDirectory(EngineConfig config) {
        return config.dataDir().resolve("cold");
    }

    /** How it is set. */
    public RetentionSettings settings() {
        return settings;
    }

    /**
     * What there is.
     *
     * @throws JournalException if the journal cannot be read
     */
    public Holdings holdings() throws IOException {
        JournalDirectory journal = JournalDirectory.open(config.journalDir());
        List<String> problems = new ArrayList<>();
        JournalNeed need = JournalNeed.of(journal, journal.lastSequence(), problems::add);
        boolean isExporting = !settings.parquet().ages().isEmpty() && !isExportFailing;
        return new Holdings(Holdings.Queue.of(journal, JournalQueue.TAPE, problems),
                Holdings.Queue.of(journal, JournalQueue.DEPTH, problems), cold.files(), need,
                isExporting ? cold.end(journal.journalId()).sequence() : Long.MAX_VALUE,
                world.space().freeBytes(), world.epochMs().getAsLong(), problems);
    }

    /** What would be done about it. Nothing is changed. */
    public RetentionPlan plan(Holdings holdings) {
        return RetentionPolicy.plan(settings, holdings);
    }

    /** What the database would let go of. */
    public List<WarmTier.Goes> warmPlan() throws IOException {
        return warm.plan(world.epochMs().getAsLong());
    }

    /** Whether there is less free disk than there is to be. */
    public boolean isDiskShort() {
        try {
            return world.space().freeBytes() < settings.freeBytes();
        } catch (IOException e) {
            failed("the free space of the disk cannot be told: " + e.getMessage());
            return false;
        }
    }

    /** Does all that is to be done now. */
    public void round() {
        long startMs = world.epochMs().getAsLong();
        status.put("state", "running");
        if (JournalDirectory.isJournal(config.journalDir())) {
            files();
        }
        try {
            status.add("removed_documents", warm.apply(world.epochMs().getAsLong()));
        } catch (IOException e) {
            failed("MongoDB: " + e.getMessage());
        }
        status.put("last_ms", startMs);
        status.put("last_took_ms", world.epochMs().getAsLong() - startMs);
        status.put("state", "waiting");
    }

    private void files() {
        try (Sealing sealing = Sealing
                .open(JournalDirectory.open(config.journalDir()))) {
            cold.tidy();
            for (int i = 0; i < PLANS_PER_ROUND && world.goesOn().getAsBoolean(); i++) {
                boolean isDone = carryOut(sealing, plan(holdings()).steps());
                if (!exportDays() && !isDone) {
                    break;
                }
            }
            report(holdings());
        } catch (DirectoryInUseException inUse) {
            failed("somebody else is sealing: " + inUse.getMessage());
        } catch (IOException | JournalException e) {
            failed(String.valueOf(e.getMessage()));
        }
    }

    /** Whether anything was done. */
    private boolean carryOut(Sealing sealing, List<Step> steps) {
        Set<JournalQueue> failed = EnumSet.noneOf(JournalQueue.class);
        boolean isDone = false;
        for (Step step : steps) {
            if (!world.goesOn().getAsBoolean()) {
                return false;
            }
            if (step instanceof Seal seal && failed.contains(seal.file().queue())) {
                continue; // what is sealed is older than what is not
            }
            try {
                carryOut(sealing, step);
                isDone = true;
            } catch (IOException | JournalException e) {
                failed(step.what() + ": " + e.getMessage());
                if (step instanceof Seal seal) {
                    failed.add(seal.file().queue());
                }
            }
        }
        return isDone;
    }

    private void carryOut(Sealing sealing, Step step) throws IOException {
        switch (step) {
            case Seal seal when seal.file().isEmpty() -> sealing.removeEmpty(seal.file());
            case Seal seal -> {
                SegmentInfo segment = sealing.seal(seal.file());
                sealing.removeFile(seal.file(), segment);
                status.add("sealed_files", 1);
                status.add("sealed_from_bytes", seal.file().bytes());
                status.add("sealed_to_bytes", segment.fileBytes());
            }
            case RemoveLevels levels -> {
                sealing.removeLevels(List.of(levels.segment()), levels.levelsFrom());
                removed("segments", 1, step);
            }
            case RemoveTape tape -> {
                List<SegmentInfo> oldest = new ArrayList<>(List.of(tape.tape()));
                oldest.addAll(tape.levels());
                sealing.removeOldest(oldest);
                removed("segments", oldest.size(), step);
            }
            case RemoveParquet parquet -> {
                cold.remove(parquet.file());
                removed("parquet", 1, step);
            }
        }
    }

    private void removed(String kind, long files, Step step) {
        status.add("removed_" + kind + "_files", files);
        status.add("removed_" + kind + "_bytes", step.freedBytes());
        status.put("last_removed", step.what() + ", " + step.why());
    }

    /** Whether a day was written. */
    private boolean exportDays() throws IOException {
        if (settings.parquet().ages().isEmpty()) {
            return false;
        }
        JournalDirectory journal = JournalDirectory.open(config.journalDir());
        long endNs;
        try (JournalEnd end = new JournalEnd(journal)) {
            endNs = end.lastReceiveTimeNs();
        }
        boolean isDone = false;
        try {
            while (world.goesOn().getAsBoolean() && exportDay(journal, endNs)) {
                isDone = true;
            }
            isExportFailing = false;
        } catch (IOException | JournalException e) {
            // What is old must go all the same: a disk is not to fill up by this.
            isExportFailing = true;
            failed("Parquet: " + e.getMessage());
        }
        return isDone;
    }

    private boolean exportDay(JournalDirectory journal, long endNs) throws IOException {
        ColdDays.End done = cold.end(journal.journalId());
        long nextDay = done.sequence() > 0 ? done.epochDay() + 1 : firstDay(journal);
        if (nextDay == NO_DAY || endNs < export.neededUntilNs(nextDay)) {
            return false;
        }
        DayExport.Day day = export.export(done.sequence(),
                cold.begin(settings.parquet().ages().keySet()), world.goesOn());
        if (day == null) {
            cold.tidy();
            return false;
        }
        cold.complete(day);
        if (cold.end(journal.journalId()).sequence() < day.lastSequence()) {
            throw new IOException("the day " + LocalDate.ofEpochDay(day.epochDay())
                    + " was written and is not there");
        }
        status.add("exported_days", 1);
        status.put("exported_day", LocalDate.ofEpochDay(day.epochDay()).toString());
        return true;
    }

    /** The day of the oldest event. */
    private static long firstDay(JournalDirectory journal) {
        List<Path> sealed = new Segments(journal).paths(JournalQueue.TAPE);
        if (!sealed.isEmpty()) {
            return Math.floorDiv(Segments.infoOf(sealed.getFirst()).firstReceiveTimeNs(),
                    NS_PER_DAY);
        }
        return journal.cycles(JournalQueue.TAPE).stream()
                .filter(file -> file.firstSequence() > 0)
                .map(file -> Math.floorDiv(file.firstReceiveTimeNs(), NS_PER_DAY)).findFirst()
                .orElse(NO_DAY);
    }

    private void report(Holdings holdings) {
        holdings.problems().forEach(this::failed);
        status.put("journal_bytes", holdings.journalBytes());
        status.put("segment_bytes", holdings.segmentBytes());
        status.put("parquet_bytes", holdings.parquetBytes());
        status.put("most_bytes", settings.diskBytes());
        status.put("free_bytes", holdings.freeBytes());
        JournalNeed need = holdings.need();
        status.put("needed_from", need == null ? 0 : need.fromSequence());
        status.put("needed_by", need == null ? "" : need.who());
        status.put("stays", String.join("; ", plan(holdings).stays().stream()
                .map(stay -> stay.what() + ": " + stay.why()).toList()));
    }

    private void failed(String what) {
        status.failed(what, world.epochMs().getAsLong());
    }
}
