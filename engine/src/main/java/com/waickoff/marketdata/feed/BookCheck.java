package com.waickoff.marketdata.feed;

/**
 * What is known of one book against which it can be held: the best levels that its venue told, until
 * the book stands where they were.
 *
 * <p>Threads: the feed thread.
 */
public final class BookCheck {
    final BookPicture said = new BookPicture();
    int levels; // of a side, as the venue tells them
    boolean isHeld;
    int unsoundTicks; // in a row
    long unsoundUpdateId;

    /**
     * Begins what the venue tells.
     *
     * @param key by which the place of the book in the venue's sequence is known
     * @param mostLevels of a side that it tells
     */
    public BookPicture begin(long key, int mostLevels) {
        isHeld = false;
        levels = Math.min(mostLevels, BookPicture.LEVELS);
        said.begin(key, true, 0, 0);
        return said;
    }

    /** Holds what was told until the book stands there; what was held before is let go. */
    public void hold() {
        isHeld = true;
    }

    /** Whether something is held. */
    public boolean isHeld() {
        return isHeld;
    }

    /** Lets go what is held: the book begins anew. */
    void forget() {
        isHeld = false;
        unsoundTicks = 0;
    }
}
