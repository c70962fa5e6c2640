package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.HeadedFile;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.memory.UnusableFileException.Problem;
import com.waickoff.marketdata.status.StatusFormat.CounterEntry;
import com.waickoff.marketdata.status.StatusFormat.LatencyEntry;
import com.waickoff.marketdata.status.StatusFormat.Region;
import com.waickoff.marketdata.status.StatusFormat.RegionEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Reads the status file of a running, or stopped, engine.
 *
 * <p>Threads: one; each thread opens its own.
 */
public final class StatusReader implements AutoCloseable {
    /** Of a region that the file's version does not have. */
    private static final Place ABSENT = new Place(0, 0, 0);

    private final Path path;
    private HeadedFile file;
    private Map<Region, Place> places;

    private record Place(int offset, int entries, int entryLength) {}

    /**
     * A latency of an owner.
     *
     * @param owner whose it is
     * @param latency what was measured
     * @param reading the values so far
     */
    public record OwnedLatency(String owner, Latency latency, LatencyReading reading) {}

    private StatusReader(Path path, HeadedFile file, Map<Region, Place> places) {
        this.path = path;
        this.file = file;
        this.places = places;
    }

    /** The version of the format that this program writes. */
    public static String formatVersion() {
        return StatusFormat.FORMAT.version();
    }

    /**
     * Opens a status file.
     *
     * @throws UnusableFileException if there is none, it is something else, has another major
     *     version, or is truncated or damaged
     * @throws IOException if it cannot be read
     */
    public static StatusReader open(Path path) throws IOException {
        HeadedFile file = HeadedFile.open(path, StatusFormat.FORMAT);
        try {
            return new StatusReader(path, file, readPlaces(file));
        } catch (UnusableFileException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Map<Region, Place> readPlaces(HeadedFile file) throws UnusableFileException {
        AtomicBuffer buffer = file.buffer();
        Map<Region, Place> places = new EnumMap<>(Region.class);
        for (int i = 0; i < StatusFormat.MAX_REGIONS; i++) {
            int at = StatusFormat.REGION_TABLE_OFFSET + i * RegionEntry.LENGTH;
            int kind = buffer.getInt(at + RegionEntry.KIND_OFFSET_32);
            int entries = buffer.getInt(at + RegionEntry.ENTRIES_OFFSET_32);
            long offset = buffer.getLong(at + RegionEntry.OFFSET_OFFSET_64);
            long entryLength = buffer.getLong(at + RegionEntry.ENTRY_LENGTH_OFFSET_64);
            for (Region region : Region.values()) {
                boolean fits = entries >= 0 && offset >= 0 && entryLength >= region.entryLength()
                        && entryLength <= buffer.capacity()
                        && offset + entries * entryLength <= buffer.capacity();
                if (region.kind() == kind && fits) {
                    places.put(region, new Place((int) offset, entries, (int) entryLength));
                }
            }
        }
        for (Region region : Region.values()) {
            if (region.isOriginal() && !places.containsKey(region)) {
                throw new UnusableFileException(file.path(), Problem.DAMAGED,
                        "status file with an impossible region table");
            }
            places.putIfAbsent(region, ABSENT);
        }
        return places;
    }

    /**
     * Reopens the file if another one has its name now.
     *
     * @return whether it was reopened
     * @throws IOException if the new file is unusable; the old one stays open
     */
    public boolean refresh() throws IOException {
        if (!file.isReplaced()) {
            return false;
        }
        StatusReader next = open(path);
        file.close();
        file = next.file;
        places = next.places;
        return true;
    }

    /** The run that wrote the file. */
    public Run run() {
        return file.run();
    }

    /** When the engine last told that it lives, in ns since the epoch. */
    public long heartbeatNs() {
        return file.heartbeatNs();
    }

    /**
     * Refuses a file that no engine keeps up to date.
     *
     * @throws UnusableFileException if the last heartbeat is older than {@code maxAgeNs}
     */
    public void checkRunning(long nowNs, long maxAgeNs) throws UnusableFileException {
        file.checkRunning(nowNs, maxAgeNs);
    }

    /** The counters of each owner. */
    public List<CounterReading> counters() {
        List<CounterReading> counters = new ArrayList<>();
        for (int entry : named(Region.COUNTERS)) {
            counters.add(CounterReading.copy(name(entry), file.buffer(),
                    entry + CounterEntry.COUNTERS_OFFSET));
        }
        return counters;
    }

    /** Whether everything received and published is accounted for. */
    public Conservation conservation() {
        List<CounterReading> counters = counters();
        return Conservation.of(
                counter -> counters.stream().mapToLong(reading -> reading.get(counter)).sum());
    }

    /** Distinct errors, in the order of their first occurrence. */
    public List<ErrorReading> errors() {
        Place place = place(Region.ERRORS);
        return ErrorLog.readAll(file.buffer(), place.offset(), place.entries(),
                place.entryLength());
    }

    /** Latencies of each owner; those of a newer version are left out. */
    public List<OwnedLatency> latencies() {
        List<OwnedLatency> latencies = new ArrayList<>();
        for (int entry : named(Region.LATENCIES)) {
            Latency latency = Latency.of(
                    file.buffer().getInt(entry + LatencyEntry.LATENCY_OFFSET_32));
            if (latency != null) {
                latencies.add(new OwnedLatency(name(entry), latency,
                        LatencyReading.copy(file.buffer(), entry)));
            }
        }
        return latencies;
    }

    /** States of the feeds. */
    public List<FeedReading> feeds() {
        List<FeedReading> feeds = new ArrayList<>();
        for (int entry : named(Region.FEEDS)) {
            feeds.add(FeedReading.copy(name(entry), file.buffer(), entry));
        }
        return feeds;
    }

    /** Instruments that are, or were, not traded as usual. */
    public List<InstrumentReading> instruments() {
        Place place = place(Region.INSTRUMENTS);
        return InstrumentNotes.readAll(file.buffer(), place.offset(), place.entries(),
                place.entryLength());
    }

    /** Clocks of venues against ours. */
    public List<ClockReading> clocks() {
        List<ClockReading> clocks = new ArrayList<>();
        for (int entry : named(Region.CLOCKS)) {
            clocks.add(ClockReading.copy(name(entry), file.buffer(), entry));
        }
        return clocks;
    }

    /** The room on the disk of the journal; {@link DiskReading#isKnown} says whether it is known. */
    public DiskReading disk() {
        Place place = place(Region.DISK);
        return place.entries() == 0 ? DiskReading.NOTHING_KNOWN
                : DiskReading.copy(file.buffer(), place.offset());
    }

    /** Unmaps the file. */
    @Override
    public void close() {
        file.close();
    }

    /** Offsets of the entries that have a name. */
    private List<Integer> named(Region region) {
        Place place = place(region);
        List<Integer> entries = new ArrayList<>();
        for (int i = 0; i < place.entries(); i++) {
            int entry = place.offset() + i * place.entryLength();
            if (file.buffer().getIntVolatile(entry) == 0) {
                break;
            }
            entries.add(entry);
        }
        return entries;
    }

    private String name(int entry) {
        return TextField.get(file.buffer(), entry, StatusFormat.NAME_LENGTH);
    }

    private Place place(Region region) {
        Place place = places.get(region);
        if (place == null) {
            throw new IllegalStateException("checked when the file was opened: " + region);
        }
        return place;
    }
}
