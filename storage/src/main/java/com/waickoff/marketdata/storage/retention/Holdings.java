package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.journal.CycleInfo;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.replay.JournalNeed;
import com.waickoff.marketdata.segment.ClosedFile;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.segment.Segments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What there is at one moment, for {@link RetentionPolicy}.
 *
 * @param tape what there is of trades and control events
 * @param depth what there is of book levels
 * @param parquet tables of days, the oldest first
 * @param need what somebody still needs of the journal; null if nobody can tell, so all of it
 * @param exportedTo last sequence that is in Parquet; {@link Long#MAX_VALUE} where none is to be
 * @param freeBytes of the disk
 * @param nowMs in ms since the epoch
 * @param problems what cannot be read, and so stays
 */
public record Holdings(Queue tape, Queue depth, List<ColdFile> parquet,
        @Nullable JournalNeed need, long exportedTo, long freeBytes, long nowMs,
        List<String> problems) {
    /** The lists are copied. */
    public Holdings {
        parquet = List.copyOf(parquet);
        problems = List.copyOf(problems);
    }

    /**
     * One queue of the journal.
     *
     * @param closed files that nothing is added to, the oldest first
     * @param segments those whose files are gone, the oldest first
     * @param filesFrom first sequence of the oldest file that holds any; 0 if none does
     * @param fileBytes of all files, as the file system shows them
     * @param doubleBytes of segments whose files are there, too
     */
    public record Queue(List<ClosedFile> closed, List<SegmentInfo> segments, long filesFrom,
            long fileBytes, long doubleBytes) {
        /** The lists are copied. */
        public Queue {
            closed = List.copyOf(closed);
            segments = List.copyOf(segments);
        }

        /** Bytes of segments. */
        public long segmentBytes() {
            return doubleBytes + segments.stream().mapToLong(SegmentInfo::fileBytes).sum();
        }

        static Queue of(JournalDirectory journal, JournalQueue queue, List<String> problems) {
            List<CycleInfo> files = journal.cycles(queue);
            List<SegmentInfo> alone = new ArrayList<>();
            long doubleBytes = 0;
            for (Path path : new Segments(journal).paths(queue)) {
                try {
                    SegmentInfo info = Segments.infoOf(path);
                    if (files.isEmpty() || info.cycleFileName()
                            .compareTo(files.getFirst().fileName()) < 0) {
                        alone.add(info);
                    } else {
                        doubleBytes += info.fileBytes();
                    }
                } catch (JournalException damaged) {
                    problems.add(String.valueOf(damaged.getMessage()));
                }
            }
            return new Queue(ClosedFile.of(journal, queue), alone,
                    files.stream().mapToLong(CycleInfo::firstSequence)
                            .filter(sequence -> sequence > 0).findFirst().orElse(0),
                    files.stream().mapToLong(CycleInfo::lengthBytes).sum(), doubleBytes);
        }
    }

    /** Bytes of the journal's files. */
    public long journalBytes() {
        return tape.fileBytes + depth.fileBytes;
    }

    /** Bytes of segments. */
    public long segmentBytes() {
        return tape.segmentBytes() + depth.segmentBytes();
    }

    /** Bytes of Parquet. */
    public long parquetBytes() {
        return parquet.stream().mapToLong(ColdFile::bytes).sum();
    }

    /** Bytes of all that is bounded together. */
    public long bytes() {
        return journalBytes() + segmentBytes() + parquetBytes();
    }

    /** Queues by name. */
    Map<JournalQueue, Queue> queues() {
        Map<JournalQueue, Queue> queues = new EnumMap<>(JournalQueue.class);
        queues.put(JournalQueue.TAPE, tape);
        queues.put(JournalQueue.DEPTH, depth);
        return queues;
    }
}
