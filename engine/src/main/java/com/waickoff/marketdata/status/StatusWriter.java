package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.FileHeader;
import com.waickoff.marketdata.memory.MappedFile;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.status.StatusFormat.ClockEntry;
import com.waickoff.marketdata.status.StatusFormat.CounterEntry;
import com.waickoff.marketdata.status.StatusFormat.FeedEntry;
import com.waickoff.marketdata.status.StatusFormat.LatencyEntry;
import com.waickoff.marketdata.status.StatusFormat.Region;
import com.waickoff.marketdata.status.StatusFormat.RegionEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Creates the status file and hands out its parts. Asking again for the same owner or feed gives
 * the same part.
 *
 * <p>Threads: parts may be asked for from any thread, at start-up; each is then one thread's. The
 * heartbeat is one thread's.
 */
public final class StatusWriter implements AutoCloseable {
    private final MappedFile file;
    private final FileHeader header;
    private final ErrorLog errors;
    private final Map<String, CounterBlock> counters = new LinkedHashMap<>();
    private final Map<String, LatencyRecorder> latencies = new LinkedHashMap<>();
    private final Map<String, FeedStatus> feeds = new LinkedHashMap<>();
    private final Map<String, ClockStatus> clocks = new LinkedHashMap<>();
    private final InstrumentNotes instruments;
    private final DiskStatus disk;

    private StatusWriter(MappedFile file, LongSupplier clockNs) {
        this.file = file;
        header = new FileHeader(file.buffer());
        errors = new ErrorLog(file.buffer(), StatusFormat.offsetOf(Region.ERRORS),
                Region.ERRORS.entries(), clockNs);
        instruments = new InstrumentNotes(file.buffer(),
                StatusFormat.offsetOf(Region.INSTRUMENTS));
        disk = new DiskStatus(file.buffer(), StatusFormat.offsetOf(Region.DISK));
    }

    /**
     * Creates a new file; readers of an older one at this path notice and reopen.
     *
     * @param clockNs ns since the epoch, for the times of errors
     * @throws IOException if it cannot be created, such as for want of room on the disk
     */
    public static StatusWriter create(Path path, Run run, LongSupplier clockNs)
            throws IOException {
        MappedFile file = MappedFile.create(path, StatusFormat.fileLength(), buffer -> {
            writeRegionTable(buffer);
            FileHeader.write(buffer, StatusFormat.FORMAT, run, StatusFormat.DESCRIPTION_LENGTH);
        });
        return new StatusWriter(file, clockNs);
    }

    private static void writeRegionTable(MutableDirectBuffer buffer) {
        for (Region region : Region.values()) {
            int at = StatusFormat.REGION_TABLE_OFFSET + region.ordinal() * RegionEntry.LENGTH;
            buffer.putInt(at + RegionEntry.KIND_OFFSET_32, region.kind());
            buffer.putInt(at + RegionEntry.ENTRIES_OFFSET_32, region.entries());
            buffer.putLong(at + RegionEntry.OFFSET_OFFSET_64, StatusFormat.offsetOf(region));
            buffer.putLong(at + RegionEntry.ENTRY_LENGTH_OFFSET_64, region.entryLength());
        }
    }

    /**
     * The counters of an owner.
     *
     * @param owner at most 60 bytes
     * @throws IllegalStateException if there is no room for another owner
     */
    public synchronized CounterBlock counters(String owner) {
        CounterBlock block = counters.get(owner);
        if (block == null) {
            int entry = take(Region.COUNTERS, counters.size(), owner);
            block = new CounterBlock(owner, file.buffer(), entry + CounterEntry.COUNTERS_OFFSET);
            publishName(entry, owner);
            counters.put(owner, block);
        }
        return block;
    }

    /** The counters of every owner so far. */
    public synchronized List<CounterBlock> counters() {
        return List.copyOf(counters.values());
    }

    /**
     * The histogram of a latency of an owner.
     *
     * @param owner at most 60 bytes
     * @throws IllegalStateException if there is no room for another histogram
     */
    public synchronized LatencyRecorder latency(String owner, Latency latency) {
        String key = latency.label() + ' ' + owner;
        LatencyRecorder recorder = latencies.get(key);
        if (recorder == null) {
            int entry = take(Region.LATENCIES, latencies.size(), owner);
            file.buffer().putInt(entry + LatencyEntry.LATENCY_OFFSET_32, latency.id());
            recorder = new LatencyRecorder(file.buffer(), entry);
            publishName(entry, owner);
            latencies.put(key, recorder);
        }
        return recorder;
    }

    /**
     * The state of a feed.
     *
     * @param name at most 60 bytes
     * @throws IllegalStateException if there is no room for another feed
     */
    public synchronized FeedStatus feed(String name) {
        FeedStatus feed = feeds.get(name);
        if (feed == null) {
            int entry = take(Region.FEEDS, feeds.size(), name);
            feed = new FeedStatus(name, file.buffer(), entry);
            publishName(entry, name);
            feeds.put(name, feed);
        }
        return feed;
    }

    /**
     * The clock of a feed's venue.
     *
     * @param feed its name, at most 60 bytes
     * @throws IllegalStateException if there is no room for another feed
     */
    public synchronized ClockStatus clock(String feed) {
        ClockStatus clock = clocks.get(feed);
        if (clock == null) {
            int entry = take(Region.CLOCKS, clocks.size(), feed);
            clock = new ClockStatus(feed, file.buffer(), entry);
            publishName(entry, feed);
            clocks.put(feed, clock);
        }
        return clock;
    }

    /** What is to be said of instruments. */
    public InstrumentNotes instruments() {
        return instruments;
    }

    /** The room on the disk of the journal. */
    public DiskStatus disk() {
        return disk;
    }

    /** The errors of all owners. */
    public ErrorLog errors() {
        return errors;
    }

    /**
     * Tells readers that the engine lives.
     *
     * @param nowNs in ns since the epoch of time
     */
    public void heartbeat(long nowNs) {
        header.heartbeat(nowNs);
    }

    /** Lets the next thread that writes a part become its single writer. */
    public synchronized void handOver() {
        counters.values().forEach(CounterBlock::handOver);
        latencies.values().forEach(LatencyRecorder::handOver);
        feeds.values().forEach(FeedStatus::handOver);
        clocks.values().forEach(ClockStatus::handOver);
        instruments.handOver();
        disk.handOver();
    }

    /** Unmaps the file and leaves it where it is, for readers to see how things were last. */
    @Override
    public void close() {
        file.close();
    }

    private static int take(Region region, int taken, String name) {
        if (taken == region.entries()) {
            throw new IllegalStateException("the status file has room for " + taken + ' '
                    + region.name().toLowerCase(Locale.ROOT) + " and none for " + name);
        }
        return StatusFormat.offsetOf(region) + taken * region.entryLength();
    }

    /** Last of all: it tells readers that the entry is there. */
    private void publishName(int entry, String name) {
        AtomicBuffer buffer = file.buffer();
        assert FeedEntry.NAME_OFFSET == 0 && CounterEntry.OWNER_OFFSET == 0
                && LatencyEntry.OWNER_OFFSET == 0
                && ClockEntry.FEED_OFFSET == 0 : "every entry begins with its name";
        TextField.put(buffer, entry, StatusFormat.NAME_LENGTH, "name", name);
    }
}
