package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.window.Watermark;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The time of a book: that of its venue, in µs.
 *
 * <p>An event with a venue's time that can be believed happened then. One without, such as the end
 * of a connection, happened at the watermark of the book: its largest venue's time, plus the time
 * since that was received. Before the first venue's time there is none.
 *
 * <p>Threads: one.
 */
final class BookTime {
    /** No time yet. */
    static final long NONE = Watermark.NONE;

    private static final long NS_PER_US = 1_000;

    private final Watermark watermark = new Watermark();

    /** When an event of the book happened, in µs since the epoch, or {@link #NONE}. */
    long of(MarketEvent event) {
        long matchTimeNs = event.matchTimeNs();
        if (matchTimeNs > 0 && watermark.onTrade(matchTimeNs, event.receiveTimeNs())) {
            return matchTimeNs / NS_PER_US;
        }
        return at(event.receiveTimeNs());
    }

    /** The watermark when the clock of receive times shows this, in µs, or {@link #NONE}. */
    long at(long receiveTimeNs) {
        long nowNs = watermark.at(receiveTimeNs);
        return nowNs == Watermark.NONE ? NONE : Math.floorDiv(nowNs, NS_PER_US);
    }

    /** A feed came up: the next venue's time is believed, however far ahead it is. */
    void onFeedUp() {
        watermark.onFeedUp();
    }

    void writeTo(DataOutput out) throws IOException {
        watermark.writeTo(out);
    }

    void readFrom(DataInput in) throws IOException {
        watermark.readFrom(in);
    }
}
