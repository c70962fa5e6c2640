package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.segment.ClosedFile;
import com.waickoff.marketdata.segment.SegmentInfo;
import java.time.LocalDate;
import java.util.List;

/**
 * What would be done, in this order, and why the rest stays.
 *
 * @param steps each leaves a journal that can be read, whether the next one follows or not
 * @param stays what would go by its age or the bytes it takes, and why it does not
 */
public record RetentionPlan(List<Step> steps, List<Stay> stays) {
    /** The lists are copied. */
    public RetentionPlan {
        steps = List.copyOf(steps);
        stays = List.copyOf(stays);
    }

    /** Something that goes or changes its form. */
    public sealed interface Step {
        /** What, for people. */
        String what();

        /** Bytes of disk that are there afterwards; of files to be sealed an estimate. */
        long freedBytes();

        /** Why, for people. */
        String why();
    }

    /** A file of the journal becomes a segment; one that holds nothing goes. */
    public record Seal(ClosedFile file, String why) implements Step {
        /** What a segment takes of its file at most, as far as recordings tell. */
        private static final int FILE_PER_SEGMENT = 4;

        @Override
        public String what() {
            return "journal " + file.queue().directoryName() + ' ' + file.fileName();
        }

        @Override
        public long freedBytes() {
            return file.isSealed() || file.isEmpty() ? file.bytes()
                    : file.bytes() - file.bytes() / FILE_PER_SEGMENT;
        }
    }

    /**
     * The oldest segment of book levels goes.
     *
     * @param levelsFrom first sequence of the levels that stay
     */
    public record RemoveLevels(SegmentInfo segment, long levelsFrom, String why) implements Step {
        @Override
        public String what() {
            return "segment depth " + segment.path().getFileName();
        }

        @Override
        public long freedBytes() {
            return segment.fileBytes();
        }
    }

    /** The oldest segment of the tape goes, with those of the levels before what follows it. */
    public record RemoveTape(SegmentInfo tape, List<SegmentInfo> levels, String why)
            implements
                Step {
        /** The list is copied. */
        public RemoveTape {
            levels = List.copyOf(levels);
        }

        @Override
        public String what() {
            return "segment tape " + tape.path().getFileName()
                    + (levels.isEmpty() ? "" : " and " + levels.size() + " of levels");
        }

        @Override
        public long freedBytes() {
            return tape.fileBytes() + levels.stream().mapToLong(SegmentInfo::fileBytes).sum();
        }
    }

    /** A table of a day goes. */
    public record RemoveParquet(ColdFile file, String why) implements Step {
        @Override
        public String what() {
            return "parquet " + file.table().label() + ' '
                    + LocalDate.ofEpochDay(file.epochDay());
        }

        @Override
        public long freedBytes() {
            return file.bytes();
        }
    }

    /**
     * Something that would go and does not.
     *
     * @param what for people
     * @param why for people
     */
    public record Stay(String what, String why) {}
}
