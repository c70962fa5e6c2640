package com.waickoff.marketdata.status;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of counters. All of them only grow, from 0 at each start of the engine.
 *
 * <p>Ids are places in the status file: never renumber and never reuse one, only append. The name
 * groups counters: each {@code IGNORED_} and each {@code REJECTED_} counter is one fate of a
 * received frame, and {@link Conservation} adds them up.
 */
public enum Counter {
    /** Frames handed to a venue's decoder. */
    FRAMES_RECEIVED(0, "frames handed to a venue's decoder"),
    /** Payload bytes of those frames. */
    BYTES_RECEIVED(1, "payload bytes of the frames received"),
    /** Frames whose events were published. */
    FRAMES_DECODED(2, "frames whose events were published"),

    /** Frames that acknowledge a request of ours. */
    IGNORED_ACK(8, "frames that acknowledge a request"),
    /** Heartbeat frames: pings and pongs of the venue's own protocol. */
    IGNORED_HEARTBEAT(9, "heartbeat frames of the venue's protocol"),
    /** Frames of a channel that was not asked for. */
    IGNORED_OTHER_CHANNEL(10, "frames of a channel that was not asked for"),
    /** Frames that hold only what was already received. */
    IGNORED_DUPLICATE(11, "frames that hold only what was received before"),
    /** Frames about an instrument that is not configured. */
    IGNORED_UNKNOWN_INSTRUMENT(12, "frames about an instrument that is not configured"),
    /** Book updates older than the snapshot the book was built from. */
    IGNORED_STALE(13, "book updates older than the book's snapshot"),
    /** Book updates that arrived while the book was waiting for a snapshot and were let go. */
    IGNORED_AWAITING_SNAPSHOT(14, "book updates let go while the book waited for a snapshot"),
    /** Frames in which all prints are off the book. */
    IGNORED_OFF_BOOK(15, "frames in which all prints are off the book"),
    /** Frames that hold nothing: an update without levels or trades. */
    IGNORED_EMPTY(16, "frames without levels or trades"),
    /** Frames that the other connection of a line says too, while it is renewed. */
    IGNORED_OVERLAP(17, "frames of a second connection, while one is renewed"),
    /** Frames in which the venue tells the best levels of a book, to hold the book against. */
    IGNORED_BOOK_CHECK(19, "frames that books are held against"),
    /** Frames of a type that this version does not know. */
    IGNORED_UNKNOWN_TYPE(20, "frames of a type this version does not know"),

    /** Frames in which the venue announces what becomes of the connection. */
    IGNORED_NOTICE(18, "frames in which the venue announces an end of the connection"),

    /** Frames that are no valid text of the venue's format. */
    REJECTED_MALFORMED(32, "frames that are no valid text of the venue's format"),
    /** Frames longer than the configured bound. */
    REJECTED_OVERSIZED(33, "frames longer than the configured bound"),
    /** Frames with a value that does not fit its scale or a long. */
    REJECTED_VALUE_OUT_OF_RANGE(34, "frames with a value that fits neither its scale nor a long"),
    /** Valid frames of a shape this version does not know. */
    REJECTED_UNKNOWN_SHAPE(35, "valid frames of a shape this version does not know"),
    /** Book updates that do not follow the one before. */
    REJECTED_OUT_OF_SEQUENCE(36, "book updates that do not follow the one before"),
    /** Frames in which the venue refuses a request of ours. */
    REJECTED_REFUSAL(37, "frames in which the venue refuses a request"),

    /** Trades published. */
    TRADES_DECODED(48, "trades published"),
    /** Book levels published. */
    LEVELS_DECODED(49, "book levels published"),
    /** Prints that are no book trades: they advance the id chain and count nowhere else. */
    OFF_BOOK_TRADES(50, "prints that are no book trades"),
    /** Trades received a second time and left out. */
    DUPLICATE_TRADES(51, "trades received a second time and left out"),
    /** Declared holes of the trade tape. */
    TRADE_GAPS(52, "declared holes of the trade tape"),
    /** Trades missing by the venue's id chain. */
    TRADES_MISSING(53, "trades missing by the venue's id chain"),
    /** Missing trades that were fetched after the fact. */
    TRADES_REPAIRED(54, "missing trades fetched after the fact"),
    /** Times a book could no longer be trusted. */
    BOOK_RESETS(55, "times a book could no longer be trusted"),
    /** Times a book was joined to the venue's sequence again. */
    BOOK_READY(56, "times a book was joined to the venue's sequence again"),
    /** Trades whose price, quantity, side or time could not be used; a gap stands in their place. */
    VALUES_REJECTED(57, "trades whose values could not be used"),

    /** Requests for missing trades. */
    REPAIR_REQUESTS(58, "requests for missing trades"),
    /** Gaps that were asked for in vain and are left as they are. */
    REPAIRS_GIVEN_UP(59, "gaps asked for in vain and left as they are"),

    /** Definitions that found no room in the catalogue; their instruments are not collected. */
    INSTRUMENTS_REFUSED(60, "instrument definitions that found no room"),
    /** Instruments that go on under another id because their tick, lot or scale changed. */
    INSTRUMENTS_REDEFINED(61, "instruments whose tick, lot or scale changed"),

    /** Times a book was compared with what its venue says of it. */
    BOOK_CHECKS(62, "times a book was compared with what its venue says"),
    /** Times a book differed from that, or from what any book must be. */
    BOOK_MISMATCHES(63, "times a book was wrong, and was joined anew"),

    /** Connections that were established. */
    CONNECTS(64, "connections established"),
    /** Connections that ended, whoever ended them. */
    DISCONNECTS(65, "connections that ended"),
    /** Attempts to connect that failed. */
    CONNECT_FAILURES(66, "attempts to connect that failed"),
    /** Connections closed because nothing complete arrived in time. */
    SILENCE_TIMEOUTS(67, "connections closed because nothing arrived in time"),
    /** Messages sent to the venue. */
    MESSAGES_SENT(68, "messages sent to the venue"),
    /** REST requests sent. */
    HTTP_REQUESTS(69, "REST requests sent"),
    /** REST requests without a usable answer. */
    HTTP_FAILURES(70, "REST requests without a usable answer"),
    /** Times the circuit breaker of a feed opened. */
    BREAKER_OPENED(71, "times the circuit breaker opened"),
    /** Connections given up because the venue broke the WebSocket protocol. */
    PROTOCOL_VIOLATIONS(72, "connections given up because the venue broke the protocol"),
    /** Pings of the venue that were answered. */
    PINGS_ANSWERED(73, "pings of the venue that were answered"),
    /** Messages that found no room to wait for their turn to be sent. */
    MESSAGES_DROPPED(74, "messages that found no room to wait for being sent"),
    /** Connections that were renewed before they ended, without a hole. */
    RENEWALS(75, "connections renewed before they ended"),

    /** Events published to the ring. */
    EVENTS_PUBLISHED(80, "events published to the ring"),
    /** Batches too large for a quarter of the ring, published in chunks. */
    BATCHES_CHUNKED(81, "batches published in chunks"),
    /** Times the publisher waited because the ring was full. */
    RING_STALLS(82, "times the publisher waited for a full ring"),

    /** Events appended to the journal. */
    EVENTS_JOURNALED(88, "events appended to the journal"),
    /** Documents appended to the journal: one to a batch. */
    JOURNAL_DOCUMENTS(89, "documents appended to the journal"),
    /** Bytes of those documents. */
    JOURNAL_BYTES(90, "bytes of the documents appended to the journal"),
    /** Book levels left out of the journal between a declared pause and its end. */
    LEVELS_NOT_JOURNALED(91, "book levels left out of the journal in a declared pause"),
    /** Times the journal began to leave out book levels. */
    DEPTH_PAUSES(92, "times the journal began to leave out book levels"),
    /** Times the disk had no room for blocks that are going to be needed. */
    RESERVES_REFUSED(93, "times the disk had no room for blocks to come"),

    /** Times it was checked that everything received and published is accounted for. */
    ACCOUNTS_CHECKED(94, "times the accounts of frames and events were checked"),
    /** Times something was missing, or there was too much. */
    ACCOUNTS_WRONG(95, "times something was not accounted for"),

    /** Trades that changed a window after the watermark had closed it. */
    LATE_TRADES(96, "trades that revised a closed window"),
    /** Trades that arrived out of tape order. */
    OUT_OF_ORDER_TRADES(97, "trades that arrived out of tape order"),
    /** Trades more than 60 s ahead of the watermark: kept, flagged, not believed. */
    SUSPECT_TIME_TRADES(98, "trades too far ahead of the watermark"),
    /** Trades of windows whose rows are no longer kept. */
    TOO_LATE_TRADES(99, "trades of windows that are no longer kept"),
    /** Windows closed by the watermark. */
    WINDOWS_CLOSED(100, "windows closed by the watermark"),
    /** Revisions of closed windows. */
    WINDOWS_REVISED(101, "revisions of closed windows"),
    /** Times the rows of a window were merged into coarser ones. */
    ROWS_MERGED(102, "times the rows of a window were made coarser"),
    /** Windows whose rows were given up because history is bounded. */
    ROWS_EVICTED(103, "windows whose rows were given up"),
    /** Sums that left the range of a long and flagged their window. */
    VOLUME_OVERFLOWS(104, "volume sums that left the range of a long"),
    /** Book levels with an impossible price or quantity; their books are stale until rebuilt. */
    LEVELS_REFUSED(105, "book levels with an impossible price or quantity"),
    /** Far book levels that were forgotten because their number is bounded. */
    LEVELS_FORGOTTEN(106, "far book levels forgotten because their number is bounded"),
    /** Updates that left a joined book crossed or locked. */
    CROSSED_BOOKS(107, "book updates that left a joined book crossed or locked"),

    /** Sections of the snapshot file written. */
    SNAPSHOT_PUBLISHED(112, "sections of the snapshot file written"),

    /** Times a stream was refused when it was asked for alone; it is asked for again. */
    STREAMS_REFUSED(128, "times a stream was refused; it is asked for again"),
    /** Times a stream was asked for and neither acknowledged nor delivered in time. */
    STREAMS_UNANSWERED(129, "times a stream was asked for without any answer in time"),
    /** Times a stream was found silent although its market traded. */
    STREAMS_DEAD(130, "times a stream was silent although its market traded"),
    /** REST requests that ask whether a silent market is quiet. */
    STREAM_PROBES(131, "requests that ask whether a silent market is quiet"),
    /** Times the venue announced that it is about to end a connection. */
    SHUTDOWNS_ANNOUNCED(132, "times the venue announced the end of a connection"),
    /** Types of events that this version does not know, each counted once. */
    UNKNOWN_TYPES(133, "types of events this version does not know, each counted once"),

    /** Events that a start found missing from one queue of the journal, and declared lost. */
    EVENTS_LOST(134, "events found missing from the journal at the start"),
    /** Files of book levels that were removed to keep them within their share of the disk. */
    DEPTH_FILES_REMOVED(135, "files of book levels removed to keep within journal.keep-books-mb");

    /** Places for counters in each block of the file: room to append without a new format. */
    static final int PLACES = 192;

    private static final @Nullable Counter[] BY_ID = byId();

    private final int id;
    private final String label;
    private final String description;

    Counter(int id, String description) {
        this.id = id;
        this.label = name().toLowerCase(Locale.ROOT);
        this.description = description;
    }

    /** Place in the file; stable for ever. */
    public int id() {
        return id;
    }

    /** The name as it is shown: snake_case. */
    public String label() {
        return label;
    }

    /** What is counted, as half a sentence in lower case. */
    public String description() {
        return description;
    }

    /** Whether it counts frames that were received and rightly left alone. */
    public boolean isIgnoredFrames() {
        return name().startsWith("IGNORED_");
    }

    /** Whether it counts frames that were received and could not be used. */
    public boolean isRejectedFrames() {
        return name().startsWith("REJECTED_");
    }

    /** The counter with this id; null for one of a newer version. */
    public static @Nullable Counter of(int id) {
        return id >= 0 && id < PLACES ? BY_ID[id] : null;
    }

    private static @Nullable Counter[] byId() {
        @Nullable
        Counter[] byId = new Counter[PLACES];
        for (Counter counter : values()) {
            if (byId[counter.id] != null) {
                throw new AssertionError(counter + " and " + byId[counter.id] + " share an id");
            }
            byId[counter.id] = counter;
        }
        return byId;
    }
}
