package com.waickoff.marketdata;

import com.waickoff.marketdata.feed.BookPicture;
import com.waickoff.marketdata.feed.BookView;
import com.waickoff.marketdata.snapshot.BookState;
import com.waickoff.marketdata.snapshot.DepthPeek;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import org.jspecify.annotations.Nullable;

/**
 * Tells feeds what the snapshot file shows of their books.
 *
 * <p>Threads: the feed thread. Allocates when an instrument is looked at for the first time.
 */
final class PublishedBooks implements BookView {
    private final SnapshotWriter snapshot;
    private final @Nullable DepthPeek[] byId;

    PublishedBooks(SnapshotWriter snapshot, int capacity) {
        this.snapshot = snapshot;
        this.byId = new DepthPeek[capacity];
    }

    @Override
    public boolean look(int instrumentId, BookPicture picture) {
        DepthPeek peek = byId[instrumentId];
        if (peek == null) {
            InstrumentSections sections = snapshot.find(instrumentId);
            if (sections == null) {
                return false; // defined, but nobody has handled that yet
            }
            peek = sections.depth().peek(BookPicture.LEVELS);
            byId[instrumentId] = peek;
        }
        if (!peek.look()) {
            return false;
        }
        picture.begin(peek.updateId(), peek.state() == BookState.SYNCED, peek.bookBids(),
                peek.bookAsks());
        for (int i = 0; i < peek.bidCount(); i++) {
            picture.addBid(peek.bidPrice(i), peek.bidQuantity(i));
        }
        for (int i = 0; i < peek.askCount(); i++) {
            picture.addAsk(peek.askPrice(i), peek.askQuantity(i));
        }
        return true;
    }
}
