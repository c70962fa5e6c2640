package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.HeadedFile;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.memory.UnusableFileException.Problem;
import com.waickoff.marketdata.snapshot.SnapshotFormat.InstrumentEntry;
import com.waickoff.marketdata.snapshot.SnapshotLayout.Kind;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the snapshot file of a running, or stopped, engine.
 *
 * <pre>
 *   reader.refresh();                                  the engine may have been restarted
 *   SnapshotEntry entry = reader.find("venue:SYMBOL");
 *   if (reader.read(entry, Timeframe.M5, view)) …      a whole copy, or false
 * </pre>
 *
 * <p>Threads: one; each thread opens its own.
 */
public final class SnapshotReader implements AutoCloseable {
    private final Path path;
    private Opened opened;
    /** Definitions by place, as far as they were looked at: they are only ever added to. */
    private final List<SnapshotEntry> definitions = new ArrayList<>();
    private final Map<String, SnapshotEntry> newest = new LinkedHashMap<>();

    private record Opened(HeadedFile file, SnapshotLayout layout) {
        AtomicBuffer buffer() {
            return file.buffer();
        }

        long epoch() {
            return file.run().epoch();
        }
    }

    private SnapshotReader(Path path, Opened opened) {
        this.path = path;
        this.opened = opened;
    }

    /** The version of the format that this program writes. */
    public static String formatVersion() {
        return SnapshotFormat.FORMAT.version();
    }

    /**
     * Opens a snapshot file.
     *
     * @throws UnusableFileException if there is none, it is something else, has another major
     *     version, or is truncated or damaged
     * @throws IOException if it cannot be read
     */
    public static SnapshotReader open(Path path) throws IOException {
        return new SnapshotReader(path, openFile(path));
    }

    private static Opened openFile(Path path) throws IOException {
        HeadedFile file = HeadedFile.open(path, SnapshotFormat.FORMAT);
        try {
            return new Opened(file, SnapshotLayout.read(file));
        } catch (UnusableFileException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /**
     * Reopens the file if another one has its name now. Entries found before are void then.
     *
     * @return whether it was reopened
     * @throws IOException if the new file is unusable; the old one stays open
     */
    public boolean refresh() throws IOException {
        if (!opened.file().isReplaced()) {
            return false;
        }
        Opened next = openFile(path);
        opened.file().close();
        opened = next;
        definitions.clear();
        newest.clear();
        return true;
    }

    /** The run that wrote the file. */
    public Run run() {
        return opened.file().run();
    }

    /** The bounds of the file. */
    public SnapshotConfig config() {
        return opened.layout().config();
    }

    /** When the engine last told that it lives, in ns since the epoch. */
    public long heartbeatNs() {
        return opened.file().heartbeatNs();
    }

    /**
     * Refuses a file that no engine keeps up to date.
     *
     * @throws UnusableFileException if the last heartbeat is older than {@code maxAgeNs}
     */
    public void checkRunning(long nowNs, long maxAgeNs) throws UnusableFileException {
        opened.file().checkRunning(nowNs, maxAgeNs);
    }

    /**
     * All instruments by their newest definition, in the order in which they were first defined.
     *
     * @throws UnusableFileException if a definition is damaged
     */
    public List<SnapshotEntry> instruments() throws UnusableFileException {
        readDefinitions();
        return new ArrayList<>(newest.values());
    }

    /**
     * The newest definition of an instrument, or null.
     *
     * @param name {@code venue:SYMBOL}
     * @throws UnusableFileException if a definition is damaged
     */
    public @Nullable SnapshotEntry find(String name) throws UnusableFileException {
        readDefinitions();
        return newest.get(name);
    }

    /**
     * All definitions of an instrument, oldest first: one more for each change of its tick, lot or
     * scale, each with windows of its own.
     *
     * @param name {@code venue:SYMBOL}
     * @throws UnusableFileException if a definition is damaged
     */
    public List<SnapshotEntry> definitions(String name) throws UnusableFileException {
        readDefinitions();
        List<SnapshotEntry> found = new ArrayList<>();
        for (SnapshotEntry entry : definitions) {
            if (entry.instrument().name().equals(name)) {
                found.add(entry);
            }
        }
        return found;
    }

    /**
     * Copies bars and rows of a timeframe.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, Timeframe timeframe, ProfileView view) {
        int section = section(entry, Kind.PROFILE, timeframe.ordinal());
        view.sequence(lock(section).read(
                () -> view.copyFrom(opened.buffer(), section, timeframe, config())));
        return view.sequence() != SeqLock.RETRIES_EXHAUSTED;
    }

    /**
     * Copies the order flow of a timeframe.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, Timeframe timeframe, FlowView view) {
        int section = section(entry, Kind.FLOW, timeframe.ordinal());
        view.sequence(lock(section).read(() -> view.copyFrom(opened.buffer(), section)));
        return view.sequence() != SeqLock.RETRIES_EXHAUSTED;
    }

    /**
     * Copies the closed bars of a timeframe, unless the view has them already.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, Timeframe timeframe, BarsView view) {
        int section = section(entry, Kind.BARS, timeframe.ordinal());
        SeqLock lock = lock(section);
        CopyMark mark = mark(section, lock);
        if (isCurrent(lock, mark, view.mark())) {
            return true;
        }
        view.mark(null);
        int kept = config().history().bars(timeframe);
        long sequence = lock.read(
                () -> view.copyFrom(opened.buffer(), section, timeframe, kept));
        if (sequence == SeqLock.RETRIES_EXHAUSTED) {
            return false;
        }
        view.arrange(sequence, kept);
        view.mark(mark);
        return true;
    }

    /**
     * Copies the rows of closed windows of a timeframe, unless the view has them already.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, Timeframe timeframe, RowsView view) {
        int section = section(entry, Kind.ROWS, timeframe.ordinal());
        SeqLock lock = lock(section);
        CopyMark mark = mark(section, lock);
        if (isCurrent(lock, mark, view.mark())) {
            return true;
        }
        view.mark(null);
        long sequence = lock.read(() -> view.copyFrom(opened.buffer(), section, timeframe,
                config().history().rowBytes()));
        if (sequence == SeqLock.RETRIES_EXHAUSTED) {
            return false;
        }
        view.arrange(sequence);
        view.mark(mark);
        return true;
    }

    /**
     * Copies the book.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, DepthView view) {
        int section = section(entry, Kind.DEPTH, 0);
        view.sequence(
                lock(section).read(() -> view.copyFrom(opened.buffer(), section, config())));
        return view.sequence() != SeqLock.RETRIES_EXHAUSTED;
    }

    /**
     * Copies what the book was like in the windows of a timeframe.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, Timeframe timeframe, DepthBarsView view) {
        int section = section(entry, Kind.DEPTH_BARS, timeframe.ordinal());
        view.sequence(lock(section).read(
                () -> view.copyFrom(opened.buffer(), section, timeframe, config())));
        return view.sequence() != SeqLock.RETRIES_EXHAUSTED;
    }

    /**
     * Copies the walls of the book.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, WallsView view) {
        int section = section(entry, Kind.WALLS, 0);
        view.sequence(lock(section).read(() -> view.copyFrom(opened.buffer(), section)));
        return view.sequence() != SeqLock.RETRIES_EXHAUSTED;
    }

    /**
     * Copies what is known about the completeness of the tape.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, CoverageView view) {
        int section = section(entry, Kind.COVERAGE, 0);
        view.sequence(
                lock(section).read(() -> view.copyFrom(opened.buffer(), section, config())));
        return view.sequence() != SeqLock.RETRIES_EXHAUSTED;
    }

    /**
     * Copies the last signals, unless the view has them already.
     *
     * @return false if each of a bounded number of attempts met a write: the view is worthless then
     */
    public boolean read(SnapshotEntry entry, SignalsView view) {
        int section = section(entry, Kind.SIGNALS, 0);
        SeqLock lock = lock(section);
        CopyMark mark = mark(section, lock);
        if (isCurrent(lock, mark, view.mark())) {
            return true;
        }
        view.mark(null);
        view.sequence(lock.read(() -> view.copyFrom(opened.buffer(), section, config())));
        if (view.sequence() == SeqLock.RETRIES_EXHAUSTED) {
            return false;
        }
        view.mark(mark);
        return true;
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        opened.file().close();
    }

    private void readDefinitions() throws UnusableFileException {
        int count = Math.min(config().maxInstruments(),
                opened.buffer().getIntVolatile(SnapshotFormat.INSTRUMENT_COUNT_OFFSET_32));
        while (definitions.size() < count) {
            SnapshotEntry entry = entry(definitions.size());
            definitions.add(entry);
            newest.put(entry.instrument().name(), entry);
        }
    }

    /** To be made before the copy that it is of. */
    private CopyMark mark(int section, SeqLock lock) {
        return new CopyMark(opened.epoch(), section, lock.completedWrites());
    }

    private static boolean isCurrent(SeqLock lock, CopyMark mark, @Nullable CopyMark copied) {
        return mark.equals(copied) && lock.isUnchangedSince(mark.writes());
    }

    private SeqLock lock(int section) {
        return new SeqLock(opened.buffer(), section);
    }

    private int section(SnapshotEntry entry, Kind kind, int index) {
        if (entry.epoch() != opened.epoch()) {
            throw new IllegalStateException(entry.instrument().name()
                    + " was found in a snapshot file that has been replaced: find it again");
        }
        return opened.layout().sectionOffset(entry.place(), kind, index);
    }

    private SnapshotEntry entry(int place) throws UnusableFileException {
        DirectBuffer buffer = opened.buffer();
        int at = SnapshotFormat.INSTRUMENT_TABLE_OFFSET + place * InstrumentEntry.LENGTH;
        try {
            SnapshotInstrument instrument = new SnapshotInstrument(
                    buffer.getInt(at + InstrumentEntry.ID_OFFSET_32),
                    text(at + InstrumentEntry.VENUE_OFFSET, InstrumentEntry.VENUE_LENGTH),
                    text(at + InstrumentEntry.SYMBOL_OFFSET, InstrumentEntry.SYMBOL_LENGTH),
                    buffer.getInt(at + InstrumentEntry.PRICE_SCALE_OFFSET_32),
                    buffer.getLong(at + InstrumentEntry.TICK_OFFSET_64),
                    buffer.getInt(at + InstrumentEntry.QUANTITY_SCALE_OFFSET_32),
                    buffer.getLong(at + InstrumentEntry.LOT_OFFSET_64),
                    new BigDecimal(text(at + InstrumentEntry.CONTRACT_SIZE_OFFSET,
                            InstrumentEntry.CONTRACT_SIZE_LENGTH)),
                    text(at + InstrumentEntry.CONTRACT_UNIT_OFFSET, InstrumentEntry.UNIT_LENGTH),
                    text(at + InstrumentEntry.QUANTITY_UNIT_OFFSET, InstrumentEntry.UNIT_LENGTH),
                    text(at + InstrumentEntry.PRICE_UNIT_OFFSET, InstrumentEntry.UNIT_LENGTH),
                    buffer.getLong(at + InstrumentEntry.ROW_BASE_OFFSET_64));
            return new SnapshotEntry(instrument, place, opened.epoch());
        } catch (NumberFormatException notANumber) {
            throw new UnusableFileException(path, Problem.DAMAGED,
                    "snapshot file whose instrument " + place + " has no readable definition");
        }
    }

    private String text(int at, int length) {
        return TextField.get(opened.buffer(), at, length);
    }
}
