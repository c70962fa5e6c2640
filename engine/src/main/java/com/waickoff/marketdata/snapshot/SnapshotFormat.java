package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.memory.FileHeader;
import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.window.Timeframe;

/**
 * The snapshot file, version 2.0. This text is the specification; there are no options beyond the
 * bounds that the file states itself. Everything is little-endian, and what is not mentioned is 0.
 *
 * <pre>
 *      0  +----------------------------------------+
 *         | file header                            |  {@link FileHeader}: magic WAICKSNP, version,
 *     64  +----------------------------------------+  epoch, pid, start, heartbeat, file length
 *         | description: bounds                    |
 *    192  +----------------------------------------+
 *         | description: section table, 32 entries |  guarded by the header's checksum
 *   1216  +----------------------------------------+
 *         | instrument count (4)                   |
 *   1280  +----------------------------------------+
 *         | instrument table, one entry each       |
 *      I  +----------------------------------------+  I = 1280 + max instruments * 320
 *         | block of instrument 0: its sections    |     rounded up to 128
 *         +----------------------------------------+
 *         | block of instrument 1 ...              |
 *         +----------------------------------------+
 *
 *   Bounds
 *     64           68           72           76           80           84           88       92
 *     +------------+------------+------------+------------+------------+------------+--------+
 *     | max instr. | row        | depth      | coverage   | timeframes | sections   | entry  | 0
 *     |            | capacity R | levels L   | intervals C|            | in table   | length |
 *     +------------+------------+------------+------------+------------+------------+--------+
 *     96           104          112                                 136          140          144
 *     +------------+------------+-----------------------------------+------------+------------+
 *     | offset I   | block      | closed bars kept of 1m 5m 15m 1h  | bytes of   | signals    | 0
 *     | of blocks  | length     | 4h 1d: six numbers (4 each)       | rows H     | kept S     |
 *     +------------+------------+-----------------------------------+------------+------------+
 *
 *   Section table entry: a later version adds sections without moving what is there
 *     0         4         8                   16                  24        28        32
 *     +---------+---------+-------------------+-------------------+---------+---------+
 *     | kind    | count   | offset in block   | length of one     | first   |    0    |
 *     +---------+---------+-------------------+-------------------+---------+---------+
 *     first: number, from 0, of the first of the count sections among those of its kind
 *     kind 1 PROFILE, 2 FLOW, 6 ROWS: one for each timeframe (1m 5m 15m 1h 4h 1d)
 *     kind 5 BARS, 8 DEPTH_BARS: one for each timeframe, an entry each, of different lengths
 *     kind 3 DEPTH, 4 COVERAGE, 7 SIGNALS, 9 WALLS: one
 *
 *   Instrument table entry; unchanged once the instrument count includes it. A redefined instrument
 *   has a new entry under the same name; the last one counts.
 *     0      4             8              12    16       24       32           40        64
 *     +------+-------------+----------------+---+--------+--------+------------+---------+
 *     | id   | price scale | quantity scale | 0 | tick   | lot    | row base   |    0    |
 *     +------+-------------+----------------+---+--------+--------+------------+---------+
 *     64       104       176              224             248             272         296   320
 *     +--------+---------+----------------+---------------+---------------+-----------+-----+
 *     | venue  | symbol  | contract size  | contract unit | quantity unit | price unit|  0  |
 *     +--------+---------+----------------+---------------+---------------+-----------+-----+
 *     each text: number of UTF-8 bytes (4), the bytes, zeroes. Contract size is a decimal number.
 * </pre>
 *
 * <p><b>Sections.</b> Each begins with a {@link SeqLock} of 64 bytes that carries the last engine
 * sequence the section holds, 0 before the first write. Prices are scaled by the price scale,
 * quantities by the quantity scale.
 *
 * <pre>
 *   PROFILE: lock, then two slots. A window lives in slot (start / length of timeframe) mod 2, until
 *   a later window needs the slot. The current window is the one that starts later.
 *     0          8          16         24         32      36         40       48       56
 *     +----------+----------+----------+----------+-------+----------+--------+--------+------
 *     | start ms | low row  | high row | row size | flags | revision | trades | open   | high
 *     +----------+----------+----------+----------+-------+----------+--------+--------+------
 *     64         72         80         88           96          104         112            120    192
 *     +----------+----------+----------+------------+-----------+-----------+--------------+------+
 *     | low      | close    | volume   | buy volume | min delta | max delta | block volume | rpi  |
 *     +----------+----------+----------+------------+-----------+-----------+--------------+------+
 *     128        168            192
 *     +----------+--------------+       sums: of price * quantity (high and low word), of
 *     | sums     |      0       |       price² * quantity (high, middle and low word)
 *     +----------+--------------+
 *     192                                         192 + R * 16
 *     +-------------------+-------------------+---
 *     | buy (8) | sell (8)| buy (8) | sell (8)| …    row k is cell k mod R; row k holds the prices
 *     +-------------------+-------------------+---   from k * row size up to the next row's
 *     row size 0: the slot holds no window. low row &gt; high row: the window has no rows.
 *     flags: 1 closed, 2 unordered, 4 suspect time, 8 overflow, 16 rows evicted, 32 outdated
 *     sell volume = volume - buy volume; delta = buy volume - sell volume.
 *     Cells outside low row to high row are 0.
 *
 *   FLOW: lock, then two slots, as above
 *     0          8        16          24          32                 40      44         48     52
 *     +----------+--------+-----------+-----------+------------------+-------+----------+------+--
 *     | start ms | delta  | min delta | max delta | cumulative delta | flags | revision | used | …
 *     +----------+--------+-----------+-----------+------------------+-------+----------+------+--
 *     52         56            64              72              80                      128
 *     +----------+-------------+---------------+---------------+-----------------------+
 *     | VPIN ppm | VPIN bucket | trades lately | trades before | signals of each kind  |
 *     +----------+-------------+---------------+---------------+-----------------------+
 *     flags as in PROFILE; used (4): 1 once the slot holds a window; VPIN and trades lately: -1 where
 *     unknown; signals: 12 counts (4), by the ordinal of {@link SignalKind}
 *
 *   SIGNALS: {@link SignalsSection}
 *
 *   DEPTH: lock, then
 *     64      68      72          80              88                96        100       104     108
 *     +-------+-------+-----------+---------------+-----------------+---------+---------+-------+--
 *     | state | reach | update id | match time ns | receive time ns | bids in | asks in | bids  | a…
 *     |       |       |           |               |                 | book    | book    | shown | s…
 *     +-------+-------+-----------+---------------+-----------------+---------+---------+-------+--
 *     state: 0 rebuilding, 1 synced, 2 stale
 *     128                        192                           192 + L * 16
 *     +--------------------------+-----------------------------+-----------------------------+
 *     | quantity within 5, 10,   | L bids, best first:         | L asks, best first          |
 *     | 25, 50 bps: bids, asks   | price (8), quantity (8)     |                             |
 *     +--------------------------+-----------------------------+-----------------------------+
 *     reach: bit 2 * band for bids, 2 * band + 1 for asks: the book reaches that far from its mid
 *
 *   COVERAGE: lock, then
 *     64           68          72             80                88              96           128
 *     +------------+-----------+--------------+-----------------+---------------+----------+----+
 *     | tape state | intervals | watermark ns | receive time ns | gaps declared | repaired |  0 |
 *     |            | shown     |              |                 | so far        | of them  |    |
 *     +------------+-----------+--------------+-----------------+---------------+----------+----+
 *     128                                      128 + C * 16
 *     +----------------------------------------+
 *     | C uncovered: from ms (8), to ms (8)    |
 *     +----------------------------------------+
 *     half-open in match time; to = 2^63 - 1 while it lasts
 *     tape state: 0 never up, 1 live, 2 interrupted
 * </pre>
 *
 * <p>BARS and ROWS: see {@link BarsSection}, {@link RowsSection}; DEPTH_BARS and WALLS: see
 * {@link DepthBarsSection}, {@link WallsSection}.
 *
 * <p><b>Same journal, same bytes.</b> Everything but the run and the heartbeat in the header and the
 * locks is a pure function of the journal.
 */
public final class SnapshotFormat {
    /** What the file is called, and the version written. */
    static final FileHeader.Format FORMAT = new FileHeader.Format("snapshot file", "WAICKSNP", 2,
            0);

    static final int MAX_INSTRUMENTS_OFFSET_32 = FileHeader.LENGTH;
    static final int ROW_CAPACITY_OFFSET_32 = MAX_INSTRUMENTS_OFFSET_32 + Integer.BYTES;
    static final int DEPTH_LEVELS_OFFSET_32 = ROW_CAPACITY_OFFSET_32 + Integer.BYTES;
    static final int COVERAGE_INTERVALS_OFFSET_32 = DEPTH_LEVELS_OFFSET_32 + Integer.BYTES;
    static final int TIMEFRAME_COUNT_OFFSET_32 = COVERAGE_INTERVALS_OFFSET_32 + Integer.BYTES;
    static final int SECTION_COUNT_OFFSET_32 = TIMEFRAME_COUNT_OFFSET_32 + Integer.BYTES;
    static final int ENTRY_LENGTH_OFFSET_32 = SECTION_COUNT_OFFSET_32 + Integer.BYTES;
    static final int BLOCKS_OFFSET_64 = ENTRY_LENGTH_OFFSET_32 + 2 * Integer.BYTES;
    static final int BLOCK_LENGTH_OFFSET_64 = BLOCKS_OFFSET_64 + Long.BYTES;
    static final int HISTORY_BARS_OFFSET_32 = BLOCK_LENGTH_OFFSET_64 + Long.BYTES;
    static final int HISTORY_ROW_BYTES_OFFSET_32 = HISTORY_BARS_OFFSET_32
            + Timeframe.COUNT * Integer.BYTES;
    static final int HISTORY_SIGNALS_OFFSET_32 = HISTORY_ROW_BYTES_OFFSET_32 + Integer.BYTES;
    static final int SECTION_TABLE_OFFSET = HISTORY_SIGNALS_OFFSET_32 + Integer.BYTES
            + 6 * Long.BYTES;

    static final int MAX_SECTIONS = 32;
    static final int SECTION_ENTRY_LENGTH = 32;
    static final int DESCRIPTION_LENGTH = SECTION_TABLE_OFFSET
            + MAX_SECTIONS * SECTION_ENTRY_LENGTH - FileHeader.LENGTH;
    static final int INSTRUMENT_COUNT_OFFSET_32 = FileHeader.LENGTH + DESCRIPTION_LENGTH;
    static final int INSTRUMENT_TABLE_OFFSET = INSTRUMENT_COUNT_OFFSET_32 + 64;

    /** Sections begin on a pair of cache lines, which is what the prefetcher fetches. */
    static final int ALIGNMENT = 128;
    static final int SLOTS = 2;
    static final int CELL_LENGTH = 2 * Long.BYTES;
    /** A closed bar of a BARS section. */
    static final int BAR_LENGTH = 256;
    /** A signal of a SIGNALS section. */
    static final int SIGNAL_LENGTH = 128;

    /** A row of the section table. */
    static final class SectionEntry {
        static final int KIND_OFFSET_32 = 0;
        static final int COUNT_OFFSET_32 = KIND_OFFSET_32 + Integer.BYTES;
        static final int OFFSET_OFFSET_64 = COUNT_OFFSET_32 + Integer.BYTES;
        static final int LENGTH_OFFSET_64 = OFFSET_OFFSET_64 + Long.BYTES;
        static final int FIRST_OFFSET_32 = LENGTH_OFFSET_64 + Long.BYTES;
        static final int LENGTH = FIRST_OFFSET_32 + 2 * Integer.BYTES;

        private SectionEntry() {}
    }

    /** A row of the instrument table. */
    static final class InstrumentEntry {
        static final int ID_OFFSET_32 = 0;
        static final int PRICE_SCALE_OFFSET_32 = ID_OFFSET_32 + Integer.BYTES;
        static final int QUANTITY_SCALE_OFFSET_32 = PRICE_SCALE_OFFSET_32 + Integer.BYTES;
        static final int TICK_OFFSET_64 = QUANTITY_SCALE_OFFSET_32 + 2 * Integer.BYTES;
        static final int LOT_OFFSET_64 = TICK_OFFSET_64 + Long.BYTES;
        static final int ROW_BASE_OFFSET_64 = LOT_OFFSET_64 + Long.BYTES;
        static final int VENUE_OFFSET = ROW_BASE_OFFSET_64 + 4 * Long.BYTES;
        static final int VENUE_LENGTH = 40;
        static final int SYMBOL_OFFSET = VENUE_OFFSET + VENUE_LENGTH;
        static final int SYMBOL_LENGTH = 72;
        static final int CONTRACT_SIZE_OFFSET = SYMBOL_OFFSET + SYMBOL_LENGTH;
        static final int CONTRACT_SIZE_LENGTH = 48;
        static final int CONTRACT_UNIT_OFFSET = CONTRACT_SIZE_OFFSET + CONTRACT_SIZE_LENGTH;
        static final int UNIT_LENGTH = 24;
        static final int QUANTITY_UNIT_OFFSET = CONTRACT_UNIT_OFFSET + UNIT_LENGTH;
        static final int PRICE_UNIT_OFFSET = QUANTITY_UNIT_OFFSET + UNIT_LENGTH;
        static final int LENGTH = PRICE_UNIT_OFFSET + 2 * UNIT_LENGTH;

        private InstrumentEntry() {}
    }

    /** A slot of a PROFILE section; its cells follow. */
    static final class ProfileSlot {
        static final int START_MS_OFFSET_64 = 0;
        static final int LOW_ROW_OFFSET_64 = START_MS_OFFSET_64 + Long.BYTES;
        static final int HIGH_ROW_OFFSET_64 = LOW_ROW_OFFSET_64 + Long.BYTES;
        static final int ROW_SIZE_OFFSET_64 = HIGH_ROW_OFFSET_64 + Long.BYTES;
        static final int FLAGS_OFFSET_32 = ROW_SIZE_OFFSET_64 + Long.BYTES;
        static final int REVISION_OFFSET_32 = FLAGS_OFFSET_32 + Integer.BYTES;
        static final int TRADES_OFFSET_64 = REVISION_OFFSET_32 + Integer.BYTES;
        static final int OPEN_OFFSET_64 = TRADES_OFFSET_64 + Long.BYTES;
        static final int HIGH_OFFSET_64 = OPEN_OFFSET_64 + Long.BYTES;
        static final int LOW_OFFSET_64 = HIGH_OFFSET_64 + Long.BYTES;
        static final int CLOSE_OFFSET_64 = LOW_OFFSET_64 + Long.BYTES;
        static final int VOLUME_OFFSET_64 = CLOSE_OFFSET_64 + Long.BYTES;
        static final int BUY_VOLUME_OFFSET_64 = VOLUME_OFFSET_64 + Long.BYTES;
        static final int MIN_DELTA_OFFSET_64 = BUY_VOLUME_OFFSET_64 + Long.BYTES;
        static final int MAX_DELTA_OFFSET_64 = MIN_DELTA_OFFSET_64 + Long.BYTES;
        static final int BLOCK_VOLUME_OFFSET_64 = MAX_DELTA_OFFSET_64 + Long.BYTES;
        static final int RPI_VOLUME_OFFSET_64 = BLOCK_VOLUME_OFFSET_64 + Long.BYTES;
        static final int MOMENTS_OFFSET = RPI_VOLUME_OFFSET_64 + Long.BYTES;
        static final int CELLS_OFFSET = MOMENTS_OFFSET + MomentsField.LENGTH + 3 * Long.BYTES;

        private ProfileSlot() {}
    }

    /** A slot of a FLOW section. */
    static final class FlowSlot {
        static final int START_MS_OFFSET_64 = 0;
        static final int DELTA_OFFSET_64 = START_MS_OFFSET_64 + Long.BYTES;
        static final int MIN_DELTA_OFFSET_64 = DELTA_OFFSET_64 + Long.BYTES;
        static final int MAX_DELTA_OFFSET_64 = MIN_DELTA_OFFSET_64 + Long.BYTES;
        static final int CUMULATIVE_DELTA_OFFSET_64 = MAX_DELTA_OFFSET_64 + Long.BYTES;
        static final int FLAGS_OFFSET_32 = CUMULATIVE_DELTA_OFFSET_64 + Long.BYTES;
        static final int REVISION_OFFSET_32 = FLAGS_OFFSET_32 + Integer.BYTES;
        static final int USED_OFFSET_32 = REVISION_OFFSET_32 + Integer.BYTES;
        static final int VPIN_OFFSET_32 = USED_OFFSET_32 + Integer.BYTES;
        static final int VPIN_BUCKET_OFFSET_64 = VPIN_OFFSET_32 + Integer.BYTES;
        static final int SPEED_OFFSET_64 = VPIN_BUCKET_OFFSET_64 + Long.BYTES;
        static final int SPEED_BEFORE_OFFSET_64 = SPEED_OFFSET_64 + Long.BYTES;
        static final int SIGNALS_OFFSET = SPEED_BEFORE_OFFSET_64 + Long.BYTES;
        static final int MOST_KINDS = 12;
        static final int LENGTH = SIGNALS_OFFSET + MOST_KINDS * Integer.BYTES;

        private FlowSlot() {}
    }

    /** A DEPTH section. */
    static final class Depth {
        static final int STATE_OFFSET_32 = SeqLock.LENGTH;
        static final int REACH_OFFSET_32 = STATE_OFFSET_32 + Integer.BYTES;
        static final int UPDATE_ID_OFFSET_64 = REACH_OFFSET_32 + Integer.BYTES;
        static final int MATCH_TIME_OFFSET_64 = UPDATE_ID_OFFSET_64 + Long.BYTES;
        static final int RECEIVE_TIME_OFFSET_64 = MATCH_TIME_OFFSET_64 + Long.BYTES;
        static final int BOOK_BIDS_OFFSET_32 = RECEIVE_TIME_OFFSET_64 + Long.BYTES;
        static final int BOOK_ASKS_OFFSET_32 = BOOK_BIDS_OFFSET_32 + Integer.BYTES;
        static final int SHOWN_BIDS_OFFSET_32 = BOOK_ASKS_OFFSET_32 + Integer.BYTES;
        static final int SHOWN_ASKS_OFFSET_32 = SHOWN_BIDS_OFFSET_32 + Integer.BYTES;
        static final int WITHIN_OFFSET = SHOWN_ASKS_OFFSET_32 + Integer.BYTES + 2 * Long.BYTES;
        static final int BANDS = 4;
        static final int BIDS_REACH = 1;
        static final int ASKS_REACH = 2;
        static final int LEVELS_OFFSET = WITHIN_OFFSET + BANDS * 2 * Long.BYTES;

        private Depth() {}
    }

    /** A COVERAGE section. */
    static final class Coverage {
        static final int TAPE_STATE_OFFSET_32 = SeqLock.LENGTH;
        static final int SHOWN_INTERVALS_OFFSET_32 = TAPE_STATE_OFFSET_32 + Integer.BYTES;
        static final int WATERMARK_OFFSET_64 = SHOWN_INTERVALS_OFFSET_32 + Integer.BYTES;
        static final int RECEIVE_TIME_OFFSET_64 = WATERMARK_OFFSET_64 + Long.BYTES;
        static final int GAPS_OFFSET_64 = RECEIVE_TIME_OFFSET_64 + Long.BYTES;
        static final int REPAIRED_OFFSET_64 = GAPS_OFFSET_64 + Long.BYTES;
        static final int INTERVALS_OFFSET = REPAIRED_OFFSET_64 + 4 * Long.BYTES;

        private Coverage() {}
    }

    static {
        boolean chained = SECTION_TABLE_OFFSET == 192 && INSTRUMENT_COUNT_OFFSET_32 == 1216
                && INSTRUMENT_TABLE_OFFSET == 1280 && SectionEntry.LENGTH == SECTION_ENTRY_LENGTH
                && InstrumentEntry.VENUE_OFFSET == 64 && InstrumentEntry.LENGTH == 320
                && ProfileSlot.CELLS_OFFSET == 192 && FlowSlot.LENGTH == 128
                && SignalKind.COUNT <= FlowSlot.MOST_KINDS
                && Depth.WITHIN_OFFSET == 128 && Depth.LEVELS_OFFSET == 192
                && Coverage.INTERVALS_OFFSET == 128;
        if (!chained || Timeframe.COUNT != 6) {
            throw new AssertionError("the snapshot's offsets are not those of its specification");
        }
    }

    private SnapshotFormat() {}
}
