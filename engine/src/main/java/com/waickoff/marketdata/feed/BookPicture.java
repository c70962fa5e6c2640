package com.waickoff.marketdata.feed;

/**
 * The best levels of a book, as it is published or as a venue says that it is. Prices and quantities
 * are scaled by the instrument.
 *
 * <p>Threads: one.
 */
public final class BookPicture {
    /** Most levels of a side. */
    public static final int LEVELS = 5;

    private final long[] bids = new long[2 * LEVELS];
    private final long[] asks = new long[2 * LEVELS];
    private int bidCount;
    private int askCount;
    private long updateId;
    private boolean isSynced;
    private int bookBids;
    private int bookAsks;

    /**
     * Begins a new picture, without levels.
     *
     * @param ofUpdate the venue's id of the last update in it
     * @param synced whether the book follows the venue's sequence
     * @param wholeBids number of bid levels of the whole book
     * @param wholeAsks number of ask levels of the whole book
     */
    public void begin(long ofUpdate, boolean synced, int wholeBids, int wholeAsks) {
        updateId = ofUpdate;
        isSynced = synced;
        bookBids = wholeBids;
        bookAsks = wholeAsks;
        bidCount = 0;
        askCount = 0;
    }

    /** Adds the next bid, best first; those that find no room are let go. */
    public void addBid(long price, long quantity) {
        if (bidCount < LEVELS) {
            bids[2 * bidCount] = price;
            bids[2 * bidCount + 1] = quantity;
            bidCount++;
        }
    }

    /** Adds the next ask, best first; those that find no room are let go. */
    public void addAsk(long price, long quantity) {
        if (askCount < LEVELS) {
            asks[2 * askCount] = price;
            asks[2 * askCount + 1] = quantity;
            askCount++;
        }
    }

    /** The venue's id of the last update in it. */
    public long updateId() {
        return updateId;
    }

    /** Whether the book follows the venue's sequence. */
    public boolean isSynced() {
        return isSynced;
    }

    /** Number of levels of the fuller side of the whole book. */
    public int mostLevels() {
        return Math.max(bookBids, bookAsks);
    }

    /** Whether somebody bids as much as somebody asks. */
    public boolean isCrossed() {
        return bidCount > 0 && askCount > 0 && bids[0] >= asks[0];
    }

    /**
     * Whether a book begins with exactly these levels.
     *
     * @param levels of a side that are told here if the book has as many
     */
    boolean isTopOf(BookPicture book, int levels) {
        return isTopOf(bids, bidCount, book.bids, Math.min(levels, book.bidCount))
                && isTopOf(asks, askCount, book.asks, Math.min(levels, book.askCount));
    }

    private static boolean isTopOf(long[] these, int count, long[] others, int otherCount) {
        if (count != otherCount) {
            return false;
        }
        for (int i = 0; i < 2 * count; i++) {
            if (these[i] != others[i]) {
                return false;
            }
        }
        return true;
    }
}
