package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.replay.JournalNeed;
import com.waickoff.marketdata.segment.ClosedFile;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.storage.retention.RetentionPlan.RemoveLevels;
import com.waickoff.marketdata.storage.retention.RetentionPlan.RemoveParquet;
import com.waickoff.marketdata.storage.retention.RetentionPlan.RemoveTape;
import com.waickoff.marketdata.storage.retention.RetentionPlan.Seal;
import com.waickoff.marketdata.storage.retention.RetentionPlan.Stay;
import com.waickoff.marketdata.storage.retention.RetentionPlan.Step;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What goes of what there is: by age, by the bytes of each tier, and then, where all of it takes more
 * than it may or the disk is nearly full, what is worth least first:
 *
 * <pre>
 *   1  files of the journal are sealed before their time          nothing is lost
 *   2  segments of book levels, the oldest first                   what is largest and oldest
 *   3  Parquet, the oldest day first, levels before all else       can be made anew of segments
 *   4  segments of the tape, the oldest first                      the truth, at last
 * </pre>
 *
 * <p>Whatever the disk says, nothing goes that a restart, a registered consumer or the export to
 * Parquet still needs, and no file that may still be written.
 *
 * <p>Threads: one; an object plans once. Pure: nothing is read or changed.
 */
final class RetentionPolicy {
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MS_PER_DAY = TimeUnit.DAYS.toMillis(1);
    private static final String BY_AGE = "older than %s";
    private static final String ALL_TAKES_MORE = "all of it takes more than %s";
    private static final String DISK_IS_FULL = "less than %s of the disk are free";

    private final RetentionSettings settings;
    private final Holdings holdings;
    private final Deque<SegmentInfo> tape;
    private final Deque<SegmentInfo> depth;
    private final Deque<ColdFile> parquet;
    private final List<Step> steps = new ArrayList<>();
    private final List<Stay> stays = new ArrayList<>();
    private final Set<String> stayed = new HashSet<>();
    private long segmentBytes;
    private long toFree;
    private String pressure = "";

    private RetentionPolicy(RetentionSettings settings, Holdings holdings) {
        this.settings = settings;
        this.holdings = holdings;
        tape = new ArrayDeque<>(holdings.tape().segments());
        depth = new ArrayDeque<>(holdings.depth().segments());
        parquet = new ArrayDeque<>(holdings.parquet().stream()
                .sorted(Comparator.comparingLong(ColdFile::epochDay)
                        .thenComparing(file -> file.table() != ExportTable.LEVELS))
                .toList());
        segmentBytes = holdings.segmentBytes();
    }

    /** What is to be done about what there is. */
    static RetentionPlan plan(RetentionSettings settings, Holdings holdings) {
        return new RetentionPolicy(settings, holdings).plan();
    }

    private RetentionPlan plan() {
        lookAtDisk();
        seal();
        removeLeftovers();
        removeSegmentsByAge();
        removeSegmentsByBytes();
        removeParquet();
        relieve();
        return new RetentionPlan(steps, stays);
    }

    private void lookAtDisk() {
        long above = settings.diskBytes() == 0 ? 0 : holdings.bytes() - settings.diskBytes();
        long missing = settings.freeBytes() - holdings.freeBytes();
        toFree = Math.max(0, Math.max(above, missing));
        pressure = missing > above ? text(DISK_IS_FULL, bytes(settings.freeBytes()))
                : text(ALL_TAKES_MORE, bytes(settings.diskBytes()));
    }

    /** The files of both queues, those first whose events were received first. */
    private void seal() {
        List<ClosedFile> files = new ArrayList<>(holdings.tape().closed());
        files.addAll(holdings.depth().closed());
        files.sort(Comparator.comparingLong(ClosedFile::receivedBeforeNs));
        Set<JournalQueue> held = EnumSet.noneOf(JournalQueue.class);
        long journalBytes = holdings.journalBytes();
        long levelBytes = holdings.depth().fileBytes();
        for (ClosedFile file : files) {
            if (held.contains(file.queue())) {
                continue;
            }
            String why = whyToSeal(file, journalBytes, levelBytes);
            if (why.isEmpty()) {
                continue;
            }
            String who = whoNeeds(file.endSequence());
            if (!who.isEmpty()) {
                // What is newer stays too: what is sealed is older than what is not.
                held.add(file.queue());
                stay("journal " + file.queue().directoryName() + " from " + file.fileName(), who);
                continue;
            }
            step(new Seal(file, why));
            journalBytes -= file.bytes();
            levelBytes -= file.queue() == JournalQueue.DEPTH ? file.bytes() : 0;
            segmentBytes += file.bytes() - steps.getLast().freedBytes();
        }
    }

    private String whyToSeal(ClosedFile file, long journalBytes, long levelBytes) {
        RetentionSettings.Hot hot = settings.hot();
        if (file.isEmpty()) {
            return "holds nothing";
        }
        if (!isYounger(file.receivedBeforeNs() / NS_PER_MS, hot.age())) {
            return text(BY_AGE, days(hot.age()));
        }
        if (hot.bytes() > 0 && journalBytes > hot.bytes()) {
            return "files of the journal take more than " + bytes(hot.bytes());
        }
        if (file.queue() == JournalQueue.DEPTH && hot.levelBytes() > 0
                && levelBytes > hot.levelBytes()) {
            return "files of book levels take more than " + bytes(hot.levelBytes());
        }
        return toFree > 0 ? pressure : "";
    }

    /** Levels from before the tape begins: somebody was interrupted. */
    private void removeLeftovers() {
        long tapeFrom = tape.isEmpty() ? holdings.tape().filesFrom()
                : tape.getFirst().firstSequence();
        boolean goesOn = true;
        while (goesOn && !depth.isEmpty() && depth.getFirst().endSequence() <= tapeFrom) {
            goesOn = removeLevels("older than every trade");
        }
    }

    private void removeSegmentsByAge() {
        RetentionSettings.Segments ages = settings.segments();
        boolean hasLevels = true;
        while (hasLevels && !depth.isEmpty() && isOld(depth.getFirst(), ages.levelsAge())) {
            hasLevels = removeLevels(text(BY_AGE, days(ages.levelsAge())));
        }
        boolean hasTape = true;
        while (hasTape && !tape.isEmpty() && isOld(tape.getFirst(), ages.tradesAge())) {
            hasTape = removeTape(text(BY_AGE, days(ages.tradesAge())));
        }
    }

    private void removeSegmentsByBytes() {
        long most = settings.segments().bytes();
        if (most == 0) {
            return;
        }
        String why = "segments take more than " + bytes(most);
        boolean goesOn = true;
        while (goesOn && segmentBytes > most) {
            goesOn = removeLevels(why) || removeTape(why);
        }
    }

    private void removeParquet() {
        long bytes = holdings.parquetBytes();
        long most = settings.parquet().bytes();
        for (ColdFile file : List.copyOf(parquet)) {
            // A table that is written no more keeps what there is for as long as the others.
            Duration age = settings.parquet().ages().getOrDefault(file.table(), Duration.ZERO);
            long endMs = (file.epochDay() + 1) * MS_PER_DAY;
            boolean isOld = !age.isZero() && !isYounger(endMs, age);
            if (isOld || (most > 0 && bytes > most)) {
                bytes -= file.bytes();
                parquet.remove(file);
                step(new RemoveParquet(file, isOld ? text(BY_AGE, days(age))
                        : "Parquet takes more than " + bytes(most)));
            }
        }
    }

    /** The ladder of what is worth least; files were sealed before. */
    private void relieve() {
        boolean hasLevels = true;
        while (hasLevels && toFree > 0) {
            hasLevels = removeLevels(pressure);
        }
        while (toFree > 0 && !parquet.isEmpty()) {
            step(new RemoveParquet(parquet.removeFirst(), pressure));
        }
        boolean hasTape = true;
        while (hasTape && toFree > 0) {
            hasTape = removeTape(pressure);
        }
        if (toFree > 0) {
            stay("what is left", "nothing more may go, but " + pressure);
        }
    }

    /** The oldest segment of levels, if it may go and others follow. */
    private boolean removeLevels(String why) {
        if (depth.isEmpty()) {
            return false;
        }
        SegmentInfo oldest = depth.removeFirst();
        long next = depth.isEmpty() ? holdings.depth().filesFrom()
                : depth.getFirst().firstSequence();
        String who = next == 0 ? "nothing follows it" : whoNeedsCold(oldest.endSequence());
        if (!who.isEmpty()) {
            depth.addFirst(oldest);
            stay("segment depth from " + oldest.path().getFileName(), who);
            return false;
        }
        segmentBytes -= oldest.fileBytes();
        step(new RemoveLevels(oldest, next, why));
        return true;
    }

    /** The oldest segment of the tape, with the levels before what follows it. */
    private boolean removeTape(String why) {
        if (tape.isEmpty()) {
            return false;
        }
        SegmentInfo oldest = tape.removeFirst();
        long next = tape.isEmpty() ? holdings.tape().filesFrom()
                : tape.getFirst().firstSequence();
        String who = next == 0 ? "nothing follows it" : whoNeedsCold(next);
        if (!who.isEmpty()) {
            tape.addFirst(oldest);
            stay("segment tape from " + oldest.path().getFileName(), who);
            return false;
        }
        List<SegmentInfo> levels = new ArrayList<>();
        while (!depth.isEmpty() && depth.getFirst().endSequence() <= next) {
            levels.add(depth.removeFirst());
        }
        step(new RemoveTape(oldest, levels, why));
        segmentBytes -= steps.getLast().freedBytes();
        return true;
    }

    private void step(Step step) {
        steps.add(step);
        toFree -= step.freedBytes();
    }

    private void stay(String what, String why) {
        if (stayed.add(what)) {
            stays.add(new Stay(what, why));
        }
    }

    /** Who needs events before a sequence; empty for nobody. */
    private String whoNeeds(long endSequence) {
        JournalNeed need = holdings.need();
        if (need == null) {
            return "there is no checkpoint that verifies, so a restart needs all of it";
        }
        return endSequence <= need.fromSequence() ? ""
                : "needed by " + need.who() + " from sequence " + need.fromSequence();
    }

    private String whoNeedsCold(long endSequence) {
        String who = whoNeeds(endSequence);
        boolean isExported = holdings.exportedTo() == Long.MAX_VALUE
                || endSequence <= holdings.exportedTo() + 1;
        return who.isEmpty() && !isExported
                ? "not in Parquet yet, which has come to sequence " + holdings.exportedTo()
                : who;
    }

    private boolean isOld(SegmentInfo segment, Duration age) {
        return !age.isZero() && !isYounger(segment.lastReceiveTimeNs() / NS_PER_MS, age);
    }

    private boolean isYounger(long timeMs, Duration age) {
        return timeMs > holdings.nowMs() - age.toMillis();
    }

    private static String days(Duration age) {
        return age.toHours() % 24 == 0 && age.toDays() > 1 ? age.toDays() + " d"
                : age.toHours() + " h";
    }

    static String bytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    private static String text(String pattern, String value) {
        return String.format(Locale.ROOT, pattern, value);
    }
}
