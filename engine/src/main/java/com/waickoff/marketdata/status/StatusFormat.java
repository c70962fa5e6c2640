package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.FileHeader;
import com.waickoff.marketdata.memory.SeqLock;
import org.agrona.BitUtil;

/**
 * The status file, version 1.2. This text is the specification; there are no options. Everything is
 * little-endian, and what is not mentioned is 0.
 *
 * <pre>
 *     0  +-------------------------------------+
 *        | file header                         |  {@link FileHeader}: magic WAICKSTA, version, epoch,
 *    64  +-------------------------------------+  pid, start, heartbeat, file length
 *        | region table, 8 entries             |  guarded by the header's checksum
 *   384  +-------------------------------------+
 *        | COUNTERS: blocks of counters        |
 *        +-------------------------------------+
 *        | ERRORS: distinct errors             |  each region begins at a multiple of 128
 *        +-------------------------------------+
 *        | LATENCIES: histograms               |
 *        +-------------------------------------+
 *        | FEEDS: states of feeds              |
 *        +-------------------------------------+
 *        | INSTRUMENTS: those not traded       |  since 1.1
 *        +-------------------------------------+
 *        | CLOCKS: of venues, against ours     |  since 1.1
 *        +-------------------------------------+
 *        | DISK: room for the journal          |  since 1.2
 *        +-------------------------------------+
 *
 *   Region table entry: a later version adds regions without moving what is there
 *     0         4         8                 16                24                32
 *     +---------+---------+-----------------+-----------------+-----------------+
 *     | kind    | entries | offset in file  | length of entry |        0        |
 *     +---------+---------+-----------------+-----------------+-----------------+
 *     kind 1 COUNTERS, 2 ERRORS, 3 LATENCIES, 4 FEEDS, 5 INSTRUMENTS, 6 CLOCKS, 7 DISK
 *
 *   Entries are taken from the first on and never given back. One whose name (owner, feed) or count
 *   is 0 is free, and so are those after it. Texts: number of UTF-8 bytes (4), the bytes, zeroes.
 *   Times are ns since the epoch of time.
 *
 *   COUNTERS entry
 *     0              64            128
 *     +--------------+-------------+--------------------------------------------------+
 *     | owner        |      0      | 192 counters (8), by the ids of {@link Counter}         |
 *     +--------------+-------------+--------------------------------------------------+
 *
 *   ERRORS entry; the last one takes all errors that found no room
 *     0       8            16          24  32       96      160      384            512
 *     +-------+------------+-----------+---+--------+-------+--------+--------------+
 *     | count | first time | last time | 0 | owner  | code  | detail | sample       |
 *     +-------+------------+-----------+---+--------+-------+--------+--------------+
 *     sample: number of bytes (4), then the first bytes of what was refused, as they came
 *
 *   LATENCIES entry
 *     0              64              68  72        80       88     128
 *     +--------------+---------------+---+---------+--------+------+------------------------------+
 *     | owner        | {@link Latency} id    | 0 | sum ns  | max ns |  0   | 2240 counts (8)              |
 *     +--------------+---------------+---+---------+--------+------+------------------------------+
 *     count i is of values v in ns with:   i = v                                    for v &lt; 64
 *                                          i = 64 (e - 5) + floor(v / 2^(e-6)) mod 64   else,
 *     where e = floor(log2 v); values of 2^40 ns and more are counted in the last place
 *
 *   FEEDS entry
 *     0       64          128     132 136     144     152    160           376
 *     +-------+-----------+-------+---+-------+-------+------+-------------+---------------+
 *     | name  | {@link SeqLock}   | state | 0 | since | epoch |  0   | detail      | last frame ns |
 *     +-------+-----------+-------+---+-------+-------+------+-------------+---------------+
 *     state: the ordinal of {@link FeedState}; epoch counts the feed's connections;
 *     the lock guards state to detail
 *
 *   INSTRUMENTS entry: who is traded from beginning to end has none
 *     0       64          128     132 136     144           384
 *     +-------+-----------+-------+---+-------+-------------+
 *     | name  | {@link SeqLock}   | state | 0 | since | detail      |
 *     +-------+-----------+-------+---+-------+-------------+
 *     name: venue:SYMBOL; state: the ordinal of {@link InstrumentState}
 *
 *   CLOCKS entry
 *     0       64          128      136          144             152     256
 *     +-------+-----------+--------+------------+---------------+-------+
 *     | feed  | {@link SeqLock}   | offset | round trip | measured      |   0   |
 *     +-------+-----------+--------+------------+---------------+-------+
 *     offset: the venue's time minus ours in ns, true to within half the round trip (ns);
 *     measured: when; 0 for never
 *
 *   DISK entry
 *     0           64      68  72     80      88       96     104      256
 *     +-----------+-------+---+------+-------+--------+------+--------+-----+
 *     | {@link SeqLock}   | level | 0 | free | pause | resume | stop | looked |  0  |
 *     +-----------+-------+---+------+-------+--------+------+--------+-----+
 *     level: the ordinal of {@link DiskLevel}; free, and the marks: bytes; looked: when; 0 for never
 * </pre>
 */
public final class StatusFormat {
    /** What the file is called, and the version written. */
    static final FileHeader.Format FORMAT = new FileHeader.Format("status file", "WAICKSTA", 1, 2);

    static final int NAME_LENGTH = 64;
    static final int ALIGNMENT = 128;
    static final int MAX_REGIONS = 8;
    static final int DESCRIPTION_LENGTH = 320;
    static final int REGION_TABLE_OFFSET = FileHeader.LENGTH;

    /** The regions, by their kind in the file. */
    enum Region {
        COUNTERS(1, 64, CounterEntry.LENGTH), ERRORS(2, 128, ErrorEntry.LENGTH), LATENCIES(3, 32,
                LatencyEntry.LENGTH), FEEDS(4, 64, FeedEntry.LENGTH), INSTRUMENTS(5, 512,
                        InstrumentEntry.LENGTH), CLOCKS(6, 64, ClockEntry.LENGTH), DISK(7, 1,
                                DiskEntry.LENGTH);

        private final int kind;
        private final int entries;
        private final int entryLength;

        Region(int kind, int entries, int entryLength) {
            this.kind = kind;
            this.entries = entries;
            this.entryLength = entryLength;
        }

        int kind() {
            return kind;
        }

        /** Whether every file of this major version has it. */
        boolean isOriginal() {
            return kind <= FEEDS.kind;
        }

        int entries() {
            return entries;
        }

        int entryLength() {
            return entryLength;
        }
    }

    /** A row of the region table. */
    static final class RegionEntry {
        static final int KIND_OFFSET_32 = 0;
        static final int ENTRIES_OFFSET_32 = KIND_OFFSET_32 + Integer.BYTES;
        static final int OFFSET_OFFSET_64 = ENTRIES_OFFSET_32 + Integer.BYTES;
        static final int ENTRY_LENGTH_OFFSET_64 = OFFSET_OFFSET_64 + Long.BYTES;
        static final int LENGTH = ENTRY_LENGTH_OFFSET_64 + 2 * Long.BYTES;

        private RegionEntry() {}
    }

    /** A block of counters. */
    static final class CounterEntry {
        static final int OWNER_OFFSET = 0;
        static final int COUNTERS_OFFSET = OWNER_OFFSET + 2 * NAME_LENGTH;
        static final int LENGTH = COUNTERS_OFFSET + Counter.PLACES * Long.BYTES;

        private CounterEntry() {}
    }

    /** A distinct error. */
    static final class ErrorEntry {
        static final int COUNT_OFFSET_64 = 0;
        static final int FIRST_TIME_OFFSET_64 = COUNT_OFFSET_64 + Long.BYTES;
        static final int LAST_TIME_OFFSET_64 = FIRST_TIME_OFFSET_64 + Long.BYTES;
        static final int OWNER_OFFSET = LAST_TIME_OFFSET_64 + 2 * Long.BYTES;
        static final int CODE_OFFSET = OWNER_OFFSET + NAME_LENGTH;
        static final int DETAIL_OFFSET = CODE_OFFSET + NAME_LENGTH;
        static final int DETAIL_LENGTH = 224;
        static final int SAMPLE_LENGTH_OFFSET_32 = DETAIL_OFFSET + DETAIL_LENGTH;
        static final int SAMPLE_OFFSET = SAMPLE_LENGTH_OFFSET_32 + Integer.BYTES;
        static final int SAMPLE_LENGTH = 124;
        static final int LENGTH = SAMPLE_OFFSET + SAMPLE_LENGTH;

        private ErrorEntry() {}
    }

    /** A histogram of latencies. */
    static final class LatencyEntry {
        static final int OWNER_OFFSET = 0;
        static final int LATENCY_OFFSET_32 = OWNER_OFFSET + NAME_LENGTH;
        static final int SUM_OFFSET_64 = LATENCY_OFFSET_32 + 2 * Integer.BYTES;
        static final int MAX_OFFSET_64 = SUM_OFFSET_64 + Long.BYTES;
        static final int COUNTS_OFFSET = MAX_OFFSET_64 + 6 * Long.BYTES;
        static final int LENGTH = COUNTS_OFFSET + Buckets.COUNT * Long.BYTES;

        private LatencyEntry() {}
    }

    /** The state of a feed. */
    static final class FeedEntry {
        static final int NAME_OFFSET = 0;
        static final int LOCK_OFFSET = NAME_OFFSET + NAME_LENGTH;
        static final int STATE_OFFSET_32 = LOCK_OFFSET + SeqLock.LENGTH;
        static final int SINCE_OFFSET_64 = STATE_OFFSET_32 + 2 * Integer.BYTES;
        static final int EPOCH_OFFSET_64 = SINCE_OFFSET_64 + Long.BYTES;
        static final int DETAIL_OFFSET = EPOCH_OFFSET_64 + 2 * Long.BYTES;
        static final int DETAIL_LENGTH = 216;
        static final int LAST_FRAME_OFFSET_64 = DETAIL_OFFSET + DETAIL_LENGTH;
        static final int LENGTH = LAST_FRAME_OFFSET_64 + Long.BYTES;

        private FeedEntry() {}
    }

    /** What is said of an instrument. */
    static final class InstrumentEntry {
        static final int NAME_OFFSET = 0;
        static final int LOCK_OFFSET = NAME_OFFSET + NAME_LENGTH;
        static final int STATE_OFFSET_32 = LOCK_OFFSET + SeqLock.LENGTH;
        static final int SINCE_OFFSET_64 = STATE_OFFSET_32 + 2 * Integer.BYTES;
        static final int DETAIL_OFFSET = SINCE_OFFSET_64 + Long.BYTES;
        static final int DETAIL_LENGTH = 240;
        static final int LENGTH = DETAIL_OFFSET + DETAIL_LENGTH;

        private InstrumentEntry() {}
    }

    /** The clock of a venue. */
    static final class ClockEntry {
        static final int FEED_OFFSET = 0;
        static final int LOCK_OFFSET = FEED_OFFSET + NAME_LENGTH;
        static final int OFFSET_OFFSET_64 = LOCK_OFFSET + SeqLock.LENGTH;
        static final int ROUND_TRIP_OFFSET_64 = OFFSET_OFFSET_64 + Long.BYTES;
        static final int MEASURED_OFFSET_64 = ROUND_TRIP_OFFSET_64 + Long.BYTES;
        static final int LENGTH = 2 * ALIGNMENT;

        private ClockEntry() {}
    }

    /** The room on the disk of the journal. */
    static final class DiskEntry {
        static final int LOCK_OFFSET = 0;
        static final int LEVEL_OFFSET_32 = LOCK_OFFSET + SeqLock.LENGTH;
        static final int FREE_OFFSET_64 = LEVEL_OFFSET_32 + 2 * Integer.BYTES;
        static final int PAUSE_OFFSET_64 = FREE_OFFSET_64 + Long.BYTES;
        static final int RESUME_OFFSET_64 = PAUSE_OFFSET_64 + Long.BYTES;
        static final int STOP_OFFSET_64 = RESUME_OFFSET_64 + Long.BYTES;
        static final int LOOKED_OFFSET_64 = STOP_OFFSET_64 + Long.BYTES;
        static final int LENGTH = 2 * ALIGNMENT;

        private DiskEntry() {}
    }

    static {
        boolean chained = RegionEntry.LENGTH * MAX_REGIONS <= DESCRIPTION_LENGTH
                && CounterEntry.LENGTH == 1664 && ErrorEntry.LENGTH == 512
                && LatencyEntry.LENGTH == 18_048 && FeedEntry.LENGTH == 384
                && InstrumentEntry.LENGTH == 384
                && ClockEntry.MEASURED_OFFSET_64 + Long.BYTES <= ClockEntry.LENGTH
                && DiskEntry.LOOKED_OFFSET_64 + Long.BYTES <= DiskEntry.LENGTH;
        if (!chained) {
            throw new AssertionError(
                    "the status file's offsets are not those of its specification");
        }
        for (Region region : Region.values()) {
            if (!BitUtil.isAligned(region.entryLength(), ALIGNMENT)) {
                throw new AssertionError(region + " entries would share cache lines");
            }
        }
    }

    private StatusFormat() {}

    /** Offset of a region in a file of this version. */
    static int offsetOf(Region region) {
        int offset = FileHeader.LENGTH + DESCRIPTION_LENGTH;
        for (Region before : Region.values()) {
            if (before == region) {
                return offset;
            }
            offset += before.entries() * before.entryLength();
        }
        throw new AssertionError(region);
    }

    /** Bytes of a file of this version. */
    static int fileLength() {
        Region last = Region.DISK;
        return offsetOf(last) + last.entries() * last.entryLength();
    }
}
