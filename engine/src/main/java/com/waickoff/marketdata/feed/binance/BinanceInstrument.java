package com.waickoff.marketdata.feed.binance;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.InstrumentFeed;
import org.jspecify.annotations.Nullable;

/** An instrument of Binance: where its book stands in the venue's sequence. */
final class BinanceInstrument extends InstrumentFeed {
    /** No stream of diffs was chosen: the first one decides. */
    static final int ANY_DIFFS = -1;
    /** No aggregate is known to go on from. */
    static final long NO_AGGREGATE = -1;

    /** Channel the book is made from, or {@link #ANY_DIFFS}. */
    int diffChannel;
    /** Whether a snapshot was taken, so that diffs are applied and no longer buffered. */
    boolean isFollowing;
    /** Whether the next diff is the first after the snapshot, which must join it. */
    boolean isJoining;
    /** {@code u} of the last diff applied, or the snapshot's id. */
    long lastUpdateId;
    /** Diffs in a row that said nothing new. */
    int staleInARow;
    /** When the first of them was received. */
    long staleSinceNs;
    /** Diffs that wait for a snapshot; they chain. */
    final DiffBuffer buffer;
    /** Match time of the last diff, buffered or applied; 0 before the first. */
    long lastMatchTimeNs;

    /** Whether a snapshot was asked for and not answered. */
    boolean isAsked;
    /** When it was. */
    long askedTimeNs;
    /** When it may be asked for again. */
    long nextAskTimeNs;
    /** How long to wait after the next time it is asked for. */
    long askDelayNs;
    /** When the diffs were subscribed to, as far as that was looked at; 0 before. */
    long subscribedNs;
    /** From when on, without a diff since then, the snapshot is asked for nevertheless. */
    long quietNs;
    /** When the book was ready. */
    long readyTimeNs;

    /** Quantities of the last trades; null where aggregates do not stand in for them. */
    final @Nullable RecentFills fills;
    /** The last id of the latest gap that the newest trades did not reach back to. */
    long beforeNewestId = -1;
    /** The aggregate from which missing trades are asked for next, or {@link #NO_AGGREGATE}. */
    long nextAggregateId = NO_AGGREGATE;

    BinanceInstrument(Instrument definition, int diffChannel, int bufferBytes,
            @Nullable RecentFills fills) {
        super(definition, 0);
        this.diffChannel = diffChannel;
        this.fills = fills;
        this.buffer = new DiffBuffer(bufferBytes);
    }
}
