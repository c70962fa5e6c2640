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
import java.util.EnumMap;
import java.util.Map;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Where the sections of one file are: computed from its bounds by the writer, read from its
 * description by everyone else.
 */
final class SnapshotLayout {
    /** The kinds of sections, by their code in the file. */
    enum Kind {
        PROFILE(1, Timeframe.COUNT), FLOW(2, Timeframe.COUNT), DEPTH(3, 1), COVERAGE(4, 1);

        private final int code;
        private final int count;

        Kind(int code, int count) {
            this.code = code;
            this.count = count;
        }

        private int length(SnapshotConfig config) {
            return BitUtil.align(switch (this) {
                case PROFILE -> SeqLock.LENGTH + SnapshotFormat.SLOTS * profileSlotLength(config);
                case FLOW -> SeqLock.LENGTH + SnapshotFormat.SLOTS * FlowSlot.LENGTH;
                case DEPTH -> Depth.LEVELS_OFFSET
                        + 2 * config.depthLevels() * SnapshotFormat.CELL_LENGTH;
                case COVERAGE -> Coverage.INTERVALS_OFFSET
                        + config.coverageIntervals() * SnapshotFormat.CELL_LENGTH;
            }, SnapshotFormat.ALIGNMENT);
        }
    }

    /** One row of the section table. */
    record Place(int kind, int count, long offset, long length) {}

    private final SnapshotConfig config;
    private final long blocksOffset;
    private final long blockLength;
    private final Place[] places;
    private final Map<Kind, Place> known = new EnumMap<>(Kind.class);

    private SnapshotLayout(SnapshotConfig config, long blocksOffset, long blockLength,
            Place[] places) {
        this.config = config;
        this.blocksOffset = blocksOffset;
        this.blockLength = blockLength;
        this.places = places;
        for (Kind kind : Kind.values()) {
            for (Place place : places) {
                if (place.kind() == kind.code) {
                    known.put(kind, place);
                }
            }
        }
    }

    /** The layout of a new file. */
    static SnapshotLayout of(SnapshotConfig config) {
        Kind[] kinds = Kind.values();
        Place[] places = new Place[kinds.length];
        long offset = 0;
        for (int i = 0; i < kinds.length; i++) {
            places[i] = new Place(kinds[i].code, kinds[i].count, offset, kinds[i].length(config));
            offset += places[i].count() * places[i].length();
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
            SnapshotConfig config = new SnapshotConfig(
                    buffer.getInt(SnapshotFormat.MAX_INSTRUMENTS_OFFSET_32),
                    buffer.getInt(SnapshotFormat.ROW_CAPACITY_OFFSET_32),
                    buffer.getInt(SnapshotFormat.DEPTH_LEVELS_OFFSET_32),
                    buffer.getInt(SnapshotFormat.COVERAGE_INTERVALS_OFFSET_32));
            int count = buffer.getInt(SnapshotFormat.SECTION_COUNT_OFFSET_32);
            Place[] places = new Place[Math.clamp(count, 0, SnapshotFormat.MAX_SECTIONS)];
            for (int i = 0; i < places.length; i++) {
                int entry = SnapshotFormat.SECTION_TABLE_OFFSET + i * SectionEntry.LENGTH;
                places[i] = new Place(buffer.getInt(entry + SectionEntry.KIND_OFFSET_32),
                        buffer.getInt(entry + SectionEntry.COUNT_OFFSET_32),
                        buffer.getLong(entry + SectionEntry.OFFSET_OFFSET_64),
                        buffer.getLong(entry + SectionEntry.LENGTH_OFFSET_64));
            }
            SnapshotLayout layout = new SnapshotLayout(config,
                    buffer.getLong(SnapshotFormat.BLOCKS_OFFSET_64),
                    buffer.getLong(SnapshotFormat.BLOCK_LENGTH_OFFSET_64), places);
            layout.checkFits(buffer.capacity(),
                    buffer.getInt(SnapshotFormat.ENTRY_LENGTH_OFFSET_32));
            return layout;
        } catch (IllegalArgumentException impossible) {
            throw new UnusableFileException(file.path(), Problem.DAMAGED,
                    "snapshot file with an impossible description: " + impossible.getMessage());
        }
    }

    private void checkFits(long fileLength, int entryLength) {
        if (entryLength != InstrumentEntry.LENGTH || blocksOffset < 0 || blockLength < 0
                || fileLength() > fileLength) {
            throw new IllegalArgumentException("blocks at " + blocksOffset + ", " + blockLength
                    + " bytes each, in a file of " + fileLength + " bytes");
        }
        for (Kind kind : Kind.values()) {
            Place place = known.get(kind);
            if (place == null || place.count() < kind.count || place.length() < kind.length(config)
                    || place.offset() < 0
                    || place.offset() + place.count() * place.length() > blockLength) {
                throw new IllegalArgumentException("section " + kind + " at " + place);
            }
        }
    }

    /** Writes the description. */
    void write(MutableDirectBuffer buffer) {
        buffer.putInt(SnapshotFormat.MAX_INSTRUMENTS_OFFSET_32, config.maxInstruments());
        buffer.putInt(SnapshotFormat.ROW_CAPACITY_OFFSET_32, config.rowCapacity());
        buffer.putInt(SnapshotFormat.DEPTH_LEVELS_OFFSET_32, config.depthLevels());
        buffer.putInt(SnapshotFormat.COVERAGE_INTERVALS_OFFSET_32, config.coverageIntervals());
        buffer.putInt(SnapshotFormat.TIMEFRAME_COUNT_OFFSET_32, Timeframe.COUNT);
        buffer.putInt(SnapshotFormat.SECTION_COUNT_OFFSET_32, places.length);
        buffer.putInt(SnapshotFormat.ENTRY_LENGTH_OFFSET_32, InstrumentEntry.LENGTH);
        buffer.putLong(SnapshotFormat.BLOCKS_OFFSET_64, blocksOffset);
        buffer.putLong(SnapshotFormat.BLOCK_LENGTH_OFFSET_64, blockLength);
        for (int i = 0; i < places.length; i++) {
            int entry = SnapshotFormat.SECTION_TABLE_OFFSET + i * SectionEntry.LENGTH;
            buffer.putInt(entry + SectionEntry.KIND_OFFSET_32, places[i].kind());
            buffer.putInt(entry + SectionEntry.COUNT_OFFSET_32, places[i].count());
            buffer.putLong(entry + SectionEntry.OFFSET_OFFSET_64, places[i].offset());
            buffer.putLong(entry + SectionEntry.LENGTH_OFFSET_64, places[i].length());
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
        Place place = known.get(kind);
        if (place == null) {
            throw new IllegalStateException("the file has no section " + kind);
        }
        return Math.toIntExact(blocksOffset + instrument * blockLength + place.offset()
                + index * place.length());
    }

    /** Offset of every lock of an instrument's block, those of unknown sections included. */
    int[] lockOffsets(int instrument) {
        int locks = 0;
        for (Place place : places) {
            locks += place.count();
        }
        int[] offsets = new int[locks];
        int next = 0;
        for (Place place : places) {
            for (int i = 0; i < place.count(); i++) {
                offsets[next++] = Math.toIntExact(blocksOffset + instrument * blockLength
                        + place.offset() + i * place.length());
            }
        }
        return offsets;
    }

    static int profileSlotLength(SnapshotConfig config) {
        return ProfileSlot.CELLS_OFFSET + config.rowCapacity() * SnapshotFormat.CELL_LENGTH;
    }
}
