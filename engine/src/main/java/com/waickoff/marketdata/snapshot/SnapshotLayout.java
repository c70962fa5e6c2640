package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.HeadedFile;
import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.memory.UnusableFileException.Problem;
import com.waickoff.marketdata.snapshot.SnapshotFormat.Coverage;
import com.waickoff.marketdata.snapshot.SnapshotFormat.Depth;
import com.waickoff.marketdata.snapshot.SnapshotFormat.FlowSlot;
import com.waickoff.marketdata.snapshot.SnapshotFormat.InstrumentEntry;
import com.waickoff.marketdata.snapshot.SnapshotFormat.ProfileSlot;
import com.waickoff.marketdata.snapshot.SnapshotFormat.SectionEntry;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Where the sections of one file are: computed from its bounds by the writer, read from its
 * description by everyone else.
 */
final class SnapshotLayout {
    /** The kinds of sections, by their code in the file. */
    enum Kind {
        PROFILE(1, Timeframe.COUNT), FLOW(2, Timeframe.COUNT), DEPTH(3, 1), COVERAGE(4, 1), BARS(5,
                Timeframe.COUNT), ROWS(6,
                        Timeframe.COUNT), SIGNALS(7,
                                1), DEPTH_BARS(8, Timeframe.COUNT), WALLS(9, 1);

        private final int code;
        private final int count;

        Kind(int code, int count) {
            this.code = code;
            this.count = count;
        }

        int count() {
            return count;
        }

        /** Bytes of section {@code index} of this kind. */
        int length(SnapshotConfig config, int index) {
            HistoryConfig history = config.history();
            return BitUtil.align(switch (this) {
                case PROFILE -> SeqLock.LENGTH + SnapshotFormat.SLOTS * profileSlotLength(config);
                case FLOW -> SeqLock.LENGTH + SnapshotFormat.SLOTS * FlowSlot.LENGTH;
                case DEPTH -> Depth.LEVELS_OFFSET
                        + 2 * config.depthLevels() * SnapshotFormat.CELL_LENGTH;
                case COVERAGE -> Coverage.INTERVALS_OFFSET
                        + config.coverageIntervals() * SnapshotFormat.CELL_LENGTH;
                case BARS -> SeqLock.LENGTH + BarsSection.HEADER_LENGTH
                        + history.bars(Timeframe.at(index)) * SnapshotFormat.BAR_LENGTH;
                case ROWS -> SeqLock.LENGTH + RowsSection.HEADER_LENGTH + history.rowBytes();
                case SIGNALS -> SeqLock.LENGTH
                        + history.signals() * SnapshotFormat.SIGNAL_LENGTH;
                case DEPTH_BARS -> DepthBarsSection.length(config, Timeframe.at(index));
                case WALLS -> WallsSection.LENGTH;
            }, SnapshotFormat.ALIGNMENT);
        }

        /** Whether one entry of the table can stand for all sections of the kind. */
        private boolean isUniform() {
            return this != BARS && this != DEPTH_BARS;
        }
    }

    /** One row of the section table: sections {@code first} to {@code first + count - 1}. */
    record Place(int kind, int first, int count, long offset, long length) {
        boolean holds(Kind wanted, int index) {
            return kind == wanted.code && index >= first && index - first < count;
        }

        long offsetOf(int index) {
            return offset + (index - first) * length;
        }
    }

    private final SnapshotConfig config;
    private final long blocksOffset;
    private final long blockLength;
    private final List<Place> places;

    private SnapshotLayout(SnapshotConfig config, long blocksOffset, long blockLength,
            List<Place> places) {
        this.config = config;
        this.blocksOffset = blocksOffset;
        this.blockLength = blockLength;
        this.places = List.copyOf(places);
    }

    /** The layout of a new file. */
    static SnapshotLayout of(SnapshotConfig config) {
        List<Place> places = new ArrayList<>();
        long offset = 0;
        for (Kind kind : Kind.values()) {
            int each = kind.isUniform() ? kind.count : 1;
            for (int first = 0; first < kind.count; first += each) {
                Place place = new Place(kind.code, first, each, offset,
                        kind.length(config, first));
                places.add(place);
                offset += place.count() * place.length();
            }
        }
        int blocksOffset = BitUtil.align(SnapshotFormat.INSTRUMENT_TABLE_OFFSET
                + config.maxInstruments() * InstrumentEntry.LENGTH, SnapshotFormat.ALIGNMENT);
        return new SnapshotLayout(config, blocksOffset, offset, places);
    }

    /**
     * The layout that a file describes.
     *
     * @throws UnusableFileException if it cannot be one
     */
    static SnapshotLayout read(HeadedFile file) throws UnusableFileException {
        DirectBuffer buffer = file.buffer();
        try {
            SnapshotLayout layout = new SnapshotLayout(readConfig(buffer),
                    buffer.getLong(SnapshotFormat.BLOCKS_OFFSET_64),
                    buffer.getLong(SnapshotFormat.BLOCK_LENGTH_OFFSET_64), readPlaces(buffer));
            layout.checkFits(buffer.capacity(),
                    buffer.getInt(SnapshotFormat.ENTRY_LENGTH_OFFSET_32));
            return layout;
        } catch (IllegalArgumentException impossible) {
            throw new UnusableFileException(file.path(), Problem.DAMAGED,
                    "snapshot file with an impossible description: " + impossible.getMessage());
        }
    }

    private static SnapshotConfig readConfig(DirectBuffer buffer) {
        List<Integer> bars = new ArrayList<>();
        for (int i = 0; i < Timeframe.COUNT; i++) {
            bars.add(buffer.getInt(SnapshotFormat.HISTORY_BARS_OFFSET_32 + i * Integer.BYTES));
        }
        return new SnapshotConfig(buffer.getInt(SnapshotFormat.MAX_INSTRUMENTS_OFFSET_32),
                buffer.getInt(SnapshotFormat.ROW_CAPACITY_OFFSET_32),
                buffer.getInt(SnapshotFormat.DEPTH_LEVELS_OFFSET_32),
                buffer.getInt(SnapshotFormat.COVERAGE_INTERVALS_OFFSET_32),
                new HistoryConfig(bars, buffer.getInt(SnapshotFormat.HISTORY_ROW_BYTES_OFFSET_32),
                        buffer.getInt(SnapshotFormat.HISTORY_SIGNALS_OFFSET_32)));
    }

    private static List<Place> readPlaces(DirectBuffer buffer) {
        List<Place> places = new ArrayList<>();
        int count = buffer.getInt(SnapshotFormat.SECTION_COUNT_OFFSET_32);
        for (int i = 0; i < Math.min(count, SnapshotFormat.MAX_SECTIONS); i++) {
            int entry = SnapshotFormat.SECTION_TABLE_OFFSET + i * SectionEntry.LENGTH;
            places.add(new Place(buffer.getInt(entry + SectionEntry.KIND_OFFSET_32),
                    buffer.getInt(entry + SectionEntry.FIRST_OFFSET_32),
                    buffer.getInt(entry + SectionEntry.COUNT_OFFSET_32),
                    buffer.getLong(entry + SectionEntry.OFFSET_OFFSET_64),
                    buffer.getLong(entry + SectionEntry.LENGTH_OFFSET_64)));
        }
        return places;
    }

    private void checkFits(long fileLength, int entryLength) {
        if (entryLength != InstrumentEntry.LENGTH || blocksOffset < 0 || blockLength < 0
                || fileLength() > fileLength) {
            throw new IllegalArgumentException("blocks at " + blocksOffset + ", " + blockLength
                    + " bytes each, in a file of " + fileLength + " bytes");
        }
        for (Kind kind : Kind.values()) {
            for (int index = 0; index < kind.count; index++) {
                Place place = find(kind, index);
                if (place == null || place.length() < kind.length(config, index)
                        || place.offset() < 0
                        || place.offsetOf(index) + place.length() > blockLength) {
                    throw new IllegalArgumentException(
                            "section " + kind + " " + index + " at " + place);
                }
            }
        }
    }

    private @Nullable Place find(Kind kind, int index) {
        for (Place place : places) {
            if (place.holds(kind, index)) {
                return place;
            }
        }
        return null;
    }

    /** Writes the description. */
    void write(MutableDirectBuffer buffer) {
        buffer.putInt(SnapshotFormat.MAX_INSTRUMENTS_OFFSET_32, config.maxInstruments());
        buffer.putInt(SnapshotFormat.ROW_CAPACITY_OFFSET_32, config.rowCapacity());
        buffer.putInt(SnapshotFormat.DEPTH_LEVELS_OFFSET_32, config.depthLevels());
        buffer.putInt(SnapshotFormat.COVERAGE_INTERVALS_OFFSET_32, config.coverageIntervals());
        buffer.putInt(SnapshotFormat.TIMEFRAME_COUNT_OFFSET_32, Timeframe.COUNT);
        buffer.putInt(SnapshotFormat.SECTION_COUNT_OFFSET_32, places.size());
        buffer.putInt(SnapshotFormat.ENTRY_LENGTH_OFFSET_32, InstrumentEntry.LENGTH);
        buffer.putLong(SnapshotFormat.BLOCKS_OFFSET_64, blocksOffset);
        buffer.putLong(SnapshotFormat.BLOCK_LENGTH_OFFSET_64, blockLength);
        HistoryConfig history = config.history();
        for (Timeframe timeframe : Timeframe.ALL) {
            buffer.putInt(SnapshotFormat.HISTORY_BARS_OFFSET_32
                    + timeframe.ordinal() * Integer.BYTES, history.bars(timeframe));
        }
        buffer.putInt(SnapshotFormat.HISTORY_ROW_BYTES_OFFSET_32, history.rowBytes());
        buffer.putInt(SnapshotFormat.HISTORY_SIGNALS_OFFSET_32, history.signals());
        int entry = SnapshotFormat.SECTION_TABLE_OFFSET;
        for (Place place : places) {
            buffer.putInt(entry + SectionEntry.KIND_OFFSET_32, place.kind());
            buffer.putInt(entry + SectionEntry.FIRST_OFFSET_32, place.first());
            buffer.putInt(entry + SectionEntry.COUNT_OFFSET_32, place.count());
            buffer.putLong(entry + SectionEntry.OFFSET_OFFSET_64, place.offset());
            buffer.putLong(entry + SectionEntry.LENGTH_OFFSET_64, place.length());
            entry += SectionEntry.LENGTH;
        }
    }

    SnapshotConfig config() {
        return config;
    }

    /** Bytes of the whole file; may exceed what a file can have. */
    long fileLength() {
        return blocksOffset + config.maxInstruments() * blockLength;
    }

    /** Offset of a section in the file; {@code index} is the timeframe's where there are several. */
    int sectionOffset(int instrument, Kind kind, int index) {
        Place place = find(kind, index);
        if (place == null) {
            throw new IllegalStateException("the file has no section " + kind + " " + index);
        }
        return Math.toIntExact(
                blocksOffset + instrument * blockLength + place.offsetOf(index));
    }

    /** Offset of every lock of an instrument's block, those of unknown sections included. */
    int[] lockOffsets(int instrument) {
        IntStream.Builder offsets = IntStream.builder();
        for (Place place : places) {
            for (int i = 0; i < place.count(); i++) {
                offsets.add(Math.toIntExact(blocksOffset + instrument * blockLength
                        + place.offset() + i * place.length()));
            }
        }
        return offsets.build().toArray();
    }

    static int profileSlotLength(SnapshotConfig config) {
        return ProfileSlot.CELLS_OFFSET + config.rowCapacity() * SnapshotFormat.CELL_LENGTH;
    }
}
