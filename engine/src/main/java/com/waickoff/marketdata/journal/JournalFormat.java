package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.memory.NativeMemory;
import org.jspecify.annotations.Nullable;

/**
 * What the bytes of a journal mean, version {@value #VERSION}. All numbers are little-endian.
 *
 * <pre>
 *  journal directory
 *  +-- journal.meta   what this is: see below
 *  +-- journal.lock   locked by the engine that writes
 *  +-- journal.losses one line "first last" for each range of sequences that a crash of the machine
 *  |                  took from one queue although the other goes on after it; often absent
 *  +-- journal.depth  the sequence from which on the journal has book levels, where older files of
 *  |                  them were removed: "waickoff-depth ...", a {@link SequenceFile}; often absent
 *  +-- consumers/     how far each registered reader has come: see {@link JournalConsumer}
 *  +-- tape/          trades and control events      one file a cycle, named by the UTC time of
 *  +-- depth/         book levels                    its start: 20261121F.cq4, 20261121-14F.cq4
 * </pre>
 *
 * <p><b>Sequence.</b> Every event has a number, contiguous from 1. Each queue holds documents of
 * rising sequence; both together hold every number once, except book levels left out between
 * {@code DEPTH_PAUSED} and {@code DEPTH_RESUMED} or removed before the sequence that
 * {@code journal.depth} says, and declared losses.
 *
 * <p><b>Document.</b> A run of events that share kind, instrument and receive time (book levels
 * also match time, update id and flags): as a rule one batch, such as the trades of a frame or the
 * levels of an update. It is written whole or not at all. Each event of a batch is given back bit
 * for bit.
 *
 * <pre>
 *   0         1         2                   4                                       8
 *  +---------+---------+-------------------+---------------------------------------+
 *  | version | kind    | flags             | instrument id                         |
 *  +---------+---------+-------------------+---------------------------------------+
 *  | sequence of the first event                                                 8 |
 *  +-------------------------------------------------------------------------------+
 *  | match time, ns since the epoch; of trades: of the first one                16 |
 *  +-------------------------------------------------------------------------------+
 *  | receive time, ns since the epoch                                           24 |
 *  +-------------------------------------------------------------------------------+
 *  | update id of book levels, else 0                                           32 |
 *  +---------------------------------------+---------------------------------------+
 *  | count of events                    40 | CRC32C of header and items         44 |
 *  +---------------------------------------+---------------------------------------+
 *  | items                                                                      48 |
 *  +-------------------------------------------------------------------------------+
 * </pre>
 *
 * <p>The CRC is computed with its own four bytes as 0. Kinds and flags are the codes of
 * {@link EventKind} and {@link EventFlags}. The length of a document is exactly that of its header
 * and items, and at most {@value #MAX_DOCUMENT_LENGTH}.
 *
 * <pre>
 *  kind              items                                                        flags in header
 *  TRADE             match time 8, price 8, quantity 8, id64 8, aux 8,            0
 *                    flags 4, zero 4
 *  BOOK_LEVEL        price 8, side and quantity 8: a bid's quantity as it is,     of all levels, and
 *                    an ask's with all bits inverted, so that zero keeps a side   FIRST of the first,
 *                                                                                 LAST of the last
 *  CLOCK             none                                                         of the event
 *  INSTRUMENT        the definition, below; its length is what is left            of the event
 *  all others        the four words of the event, 8 each                          of the event
 *
 *  definition        price scale 1, quantity scale 1, ids chain 1 (0, 1), zero 5, tick 8, lot 8,
 *                    then six texts: venue, symbol, contract size as a plain decimal, contract
 *                    unit, quantity unit, price unit; each a length of 2 bytes and UTF-8
 * </pre>
 *
 * <p><b>Head of a cycle.</b> A file of the tape begins with all definitions so far, and with
 * {@code DEPTH_PAUSED} if levels are left out at that point; the same is repeated where an engine
 * starts. These documents have count 0 (and {@code DEPTH_PAUSED} then no items): they consume no
 * sequence, theirs is that of the next event.
 *
 * <p><b>Identity</b> ({@code journal.meta}, {@value #IDENTITY_LENGTH} bytes, written once).
 *
 * <pre>
 *   0                                       4                                       8
 *  +-------------------------------------------------------------------------------+
 *  | magic "WKJOURNL"                                                            0 |
 *  +---------------------------------------+---------------------------------------+
 *  | format version                      8 | block length of the files, bytes   12 |
 *  +---------------------------------------+---------------------------------------+
 *  | journal id: when it was created, ns since the epoch                        16 |
 *  +---------------------------------------+---------------------------------------+
 *  | cycle of the tape, minutes         24 | cycle of the depth, minutes        28 |
 *  +---------------------------------------+---------------------------------------+
 *  | zero                                                                       32 |
 *  +                                       +---------------------------------------+
 *  |                                       | CRC32C of the bytes before it      60 |
 *  +---------------------------------------+---------------------------------------+
 * </pre>
 *
 * <p><b>Framing</b> of documents in a file is Chronicle Queue's: at multiples of 4, a word of 4
 * bytes, then as many bytes as its lower 30 bits say.
 *
 * <pre>
 *  word 0            nothing yet: the end
 *  0xC0000000        end of the cycle
 *  bit 31 set        being written
 *  bit 30 set        Chronicle's own, skipped
 *  else              one of our documents
 * </pre>
 */
public final class JournalFormat {
    /** Version of the format; one of a newer version is refused. */
    public static final int VERSION = 1;
    /** Bytes of a document's header. */
    public static final int HEADER_LENGTH = 48;
    /** Bytes of a trade. */
    public static final int TRADE_LENGTH = 48;
    /** Bytes of a book level. */
    public static final int LEVEL_LENGTH = 16;
    /** Bytes of a control event. */
    public static final int CONTROL_LENGTH = 32;
    /** Most bytes of a document: a snapshot of 16,000 levels still is one. */
    public static final int MAX_DOCUMENT_LENGTH = 1 << 18;

    /** File that says what the directory is. */
    static final String IDENTITY_FILE = "journal.meta";
    /** File that the writing engine holds a lock on. */
    static final String LOCK_FILE = "journal.lock";
    /** File of declared losses. */
    static final String LOSSES_FILE = "journal.losses";
    /** File that says from which sequence on there are book levels. */
    static final String DEPTH_FILE = "journal.depth";
    /** How its line begins. */
    static final String DEPTH_KEYWORD = "waickoff-depth";
    /** How the names of cycle files end. */
    public static final String CYCLE_SUFFIX = ".cq4";
    /** Bytes of the identity file. */
    static final int IDENTITY_LENGTH = 64;
    /** {@code "WKJOURNL"} as the first eight bytes. */
    static final long MAGIC = 0x4c4e52554f4a4b57L;

    /** Flags that only the first or the last level of a run may carry. */
    static final int EDGE_FLAGS = EventFlags.FIRST | EventFlags.LAST;

    /** Offset of the format version. */
    public static final int VERSION_8 = 0;
    /** Offset of the kind of event. */
    public static final int KIND_8 = 1;
    /** Offset of the flags. */
    public static final int FLAGS_16 = 2;
    /** Offset of the instrument id. */
    public static final int INSTRUMENT_32 = 4;
    /** Offset of the sequence of the first event. */
    public static final int SEQUENCE_64 = 8;
    /** Offset of the match time, ns since the epoch. */
    public static final int MATCH_TIME_64 = 16;
    /** Offset of the receive time, ns since the epoch. */
    public static final int RECEIVE_TIME_64 = 24;
    /** Offset of the update id. */
    public static final int UPDATE_ID_64 = 32;
    /** Offset of the number of events. */
    public static final int COUNT_32 = 40;
    static final int CRC_32 = 44;

    /** Within a trade: the match time. */
    public static final int TRADE_MATCH_TIME_64 = 0;
    /** Within a trade: the price. */
    public static final int TRADE_PRICE_64 = 8;
    /** Within a trade: the quantity. */
    public static final int TRADE_QUANTITY_64 = 16;
    /** Within a trade: the venue's id. */
    public static final int TRADE_ID_64 = 24;
    /** Within a trade: the cross sequence or number of fills. */
    public static final int TRADE_AUX_64 = 32;
    /** Within a trade: the flags. */
    public static final int TRADE_FLAGS_32 = 40;
    /** Within a trade: zero. */
    public static final int TRADE_ZERO_32 = 44;

    /** Within a level: the price. */
    public static final int LEVEL_PRICE_64 = 0;
    /** Within a level: the quantity, of an ask with all bits inverted. */
    public static final int LEVEL_SIDED_QUANTITY_64 = 8;

    static {
        if (CRC_32 + Integer.BYTES != HEADER_LENGTH
                || TRADE_ZERO_32 + Integer.BYTES != TRADE_LENGTH
                || LEVEL_SIDED_QUANTITY_64 + Long.BYTES != LEVEL_LENGTH) {
            throw new AssertionError("journal layout");
        }
    }

    private JournalFormat() {}

    /** Version of the format. */
    public static int version(long document) {
        return Byte.toUnsignedInt(NativeMemory.byteAt(document + VERSION_8));
    }

    /** Code of {@link EventKind}. */
    public static byte kind(long document) {
        return NativeMemory.byteAt(document + KIND_8);
    }

    static short flags(long document) {
        return NativeMemory.shortAt(document + FLAGS_16);
    }

    /** Id of the instrument, or that of all. */
    public static int instrumentId(long document) {
        return NativeMemory.intAt(document + INSTRUMENT_32);
    }

    /** Sequence of the first event. */
    public static long sequence(long document) {
        return NativeMemory.longAt(document + SEQUENCE_64);
    }

    static long matchTimeNs(long document) {
        return NativeMemory.longAt(document + MATCH_TIME_64);
    }

    /** Receive time, ns since the epoch. */
    public static long receiveTimeNs(long document) {
        return NativeMemory.longAt(document + RECEIVE_TIME_64);
    }

    static long updateId(long document) {
        return NativeMemory.longAt(document + UPDATE_ID_64);
    }

    /** Number of events. */
    public static int count(long document) {
        return NativeMemory.intAt(document + COUNT_32);
    }

    static int crc(long document) {
        return NativeMemory.intAt(document + CRC_32);
    }

    /** Sequence after the last event of the document. */
    public static long endSequence(long document) {
        return sequence(document) + count(document);
    }

    /** Bytes of one item, 0 where there are none or their length varies. */
    public static int itemLength(byte kind) {
        return switch (kind) {
            case EventKind.TRADE -> TRADE_LENGTH;
            case EventKind.BOOK_LEVEL -> LEVEL_LENGTH;
            case EventKind.CLOCK, EventKind.INSTRUMENT -> 0;
            default -> CONTROL_LENGTH;
        };
    }

    /** Writes all of a header but the CRC. */
    static void putHeader(long document, byte kind, int flags, int instrumentId, long sequence,
            long matchTimeNs, long receiveTimeNs, long updateId, int count) {
        NativeMemory.putByte(document + VERSION_8, (byte) VERSION);
        NativeMemory.putByte(document + KIND_8, kind);
        NativeMemory.putShort(document + FLAGS_16, (short) flags);
        NativeMemory.putInt(document + INSTRUMENT_32, instrumentId);
        NativeMemory.putLong(document + SEQUENCE_64, sequence);
        NativeMemory.putLong(document + MATCH_TIME_64, matchTimeNs);
        NativeMemory.putLong(document + RECEIVE_TIME_64, receiveTimeNs);
        NativeMemory.putLong(document + UPDATE_ID_64, updateId);
        NativeMemory.putInt(document + COUNT_32, count);
    }

    /**
     * What is wrong with a document, its CRC aside; null if nothing is.
     *
     * @param length bytes that can be read from {@code document}
     */
    static @Nullable String fault(JournalQueue queue, long document, int length) {
        if (length < HEADER_LENGTH || length > MAX_DOCUMENT_LENGTH) {
            return "its length is " + length + ", allowed is " + HEADER_LENGTH + " to "
                    + MAX_DOCUMENT_LENGTH + ": the file is damaged";
        }
        if (version(document) != VERSION) {
            return "its format version is " + version(document) + ", this program reads " + VERSION
                    + ": read it with the program that wrote it";
        }
        byte kind = kind(document);
        int count = count(document);
        if (!EventKind.isKnown(kind) || JournalQueue.of(kind) != queue) {
            return "its kind is " + kind + ", which has no place in the " + queue.directoryName()
                    + ": the file is damaged or of a newer program";
        }
        if (count < 0 || (count == 0 && !isRepeatable(kind))
                || (kind == EventKind.INSTRUMENT
                        ? count > 1
                        : length - HEADER_LENGTH != (long) count * itemLength(kind))) {
            return count + " events of kind " + EventKind.name(kind) + " do not make " + length
                    + " bytes: the file is damaged";
        }
        return null;
    }

    /** Whether documents of this kind may stand without an event, at the head of a cycle. */
    private static boolean isRepeatable(byte kind) {
        return kind == EventKind.INSTRUMENT || kind == EventKind.DEPTH_PAUSED;
    }
}
