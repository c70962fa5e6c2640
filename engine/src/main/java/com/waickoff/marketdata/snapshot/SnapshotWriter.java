package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.FileHeader;
import com.waickoff.marketdata.memory.MappedFile;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.snapshot.SnapshotFormat.InstrumentEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.concurrent.AtomicBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Creates the snapshot file and hands out its sections.
 *
 * <p>Threads: definitions may come from any thread, since each study asks for the sections of an
 * instrument when it meets it; each section is then one thread's; the heartbeat is one thread's.
 */
public final class SnapshotWriter implements AutoCloseable {
    private final MappedFile file;
    private final FileHeader header;
    private final SnapshotLayout layout;
    private final Map<Integer, InstrumentSections> byId = new LinkedHashMap<>();

    private SnapshotWriter(MappedFile file, SnapshotLayout layout) {
        this.file = file;
        this.layout = layout;
        header = new FileHeader(file.buffer());
    }

    /**
     * Creates a new file; readers of an older one at this path notice and reopen.
     *
     * @throws IOException if it cannot be created, such as for want of room on the disk
     */
    public static SnapshotWriter create(Path path, SnapshotConfig config, Run run)
            throws IOException {
        SnapshotLayout layout = SnapshotLayout.of(config);
        MappedFile file = MappedFile.create(path, layout.fileLength(), buffer -> {
            layout.write(buffer);
            FileHeader.write(buffer, SnapshotFormat.FORMAT, run,
                    SnapshotFormat.DESCRIPTION_LENGTH);
        });
        return new SnapshotWriter(file, layout);
    }

    /**
     * A snapshot that nobody reads: the history in it is state of studies, which need it wherever
     * they run.
     *
     * @param directory exists; room is taken there as the history grows
     */
    public static SnapshotWriter createUnread(Path directory, SnapshotConfig config)
            throws IOException {
        SnapshotLayout layout = SnapshotLayout.of(config);
        MappedFile file = MappedFile.createUnnamed(directory, layout.fileLength());
        layout.write(file.buffer());
        return new SnapshotWriter(file, layout);
    }

    /**
     * The sections of an instrument: new ones, or those it has already by its id.
     *
     * @throws IllegalStateException if the file has no room for another instrument
     * @throws IllegalArgumentException if a text of the definition is too long
     */
    public synchronized InstrumentSections define(SnapshotInstrument instrument) {
        InstrumentSections known = byId.get(instrument.id());
        if (known != null) {
            return known;
        }
        int place = byId.size();
        if (place == layout.config().maxInstruments()) {
            throw new IllegalStateException("the snapshot file has room for " + place
                    + " instruments and none for " + instrument.name());
        }
        writeEntry(file.buffer(),
                SnapshotFormat.INSTRUMENT_TABLE_OFFSET + place * InstrumentEntry.LENGTH,
                instrument);
        InstrumentSections sections = new InstrumentSections(file.buffer(), layout, place,
                instrument);
        byId.put(instrument.id(), sections);
        file.buffer().putIntRelease(SnapshotFormat.INSTRUMENT_COUNT_OFFSET_32, place + 1);
        return sections;
    }

    /** The sections of an instrument that was defined, or null. */
    public synchronized @Nullable InstrumentSections find(int instrumentId) {
        return byId.get(instrumentId);
    }

    /** The bounds of the file. */
    public SnapshotConfig config() {
        return layout.config();
    }

    /**
     * Tells readers that the engine lives.
     *
     * @param nowNs in ns since the epoch of time
     */
    public void heartbeat(long nowNs) {
        header.heartbeat(nowNs);
    }

    /** Lets each section's next writing thread become its single writer. */
    public synchronized void handOver() {
        byId.values().forEach(InstrumentSections::handOver);
    }

    /** Unmaps the file and leaves it where it is, for readers to see what was known last. */
    @Override
    public void close() {
        file.close();
    }

    private static void writeEntry(AtomicBuffer buffer, int at, SnapshotInstrument instrument) {
        buffer.putInt(at + InstrumentEntry.ID_OFFSET_32, instrument.id());
        buffer.putInt(at + InstrumentEntry.PRICE_SCALE_OFFSET_32, instrument.priceScale());
        buffer.putInt(at + InstrumentEntry.QUANTITY_SCALE_OFFSET_32, instrument.quantityScale());
        buffer.putLong(at + InstrumentEntry.TICK_OFFSET_64, instrument.tick());
        buffer.putLong(at + InstrumentEntry.LOT_OFFSET_64, instrument.lot());
        buffer.putLong(at + InstrumentEntry.ROW_BASE_OFFSET_64, instrument.rowBase());
        TextField.put(buffer, at + InstrumentEntry.VENUE_OFFSET, InstrumentEntry.VENUE_LENGTH,
                "venue", instrument.venue());
        TextField.put(buffer, at + InstrumentEntry.SYMBOL_OFFSET, InstrumentEntry.SYMBOL_LENGTH,
                "symbol", instrument.symbol());
        TextField.put(buffer, at + InstrumentEntry.CONTRACT_SIZE_OFFSET,
                InstrumentEntry.CONTRACT_SIZE_LENGTH, "contract size",
                instrument.contractSize().toPlainString());
        TextField.put(buffer, at + InstrumentEntry.CONTRACT_UNIT_OFFSET,
                InstrumentEntry.UNIT_LENGTH, "contract unit", instrument.contractUnit());
        TextField.put(buffer, at + InstrumentEntry.QUANTITY_UNIT_OFFSET,
                InstrumentEntry.UNIT_LENGTH, "quantity unit", instrument.quantityUnit());
        TextField.put(buffer, at + InstrumentEntry.PRICE_UNIT_OFFSET,
                InstrumentEntry.UNIT_LENGTH, "price unit", instrument.priceUnit());
    }
}
