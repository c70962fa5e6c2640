package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;

/**
 * Holds published books against what their venue says of them, and against what any book must be.
 *
 * <pre>
 *   the venue's best levels     equal, level by level, when the book stands at the same update
 *   levels of a side            never more than the venue keeps
 *   state                       not refused by who keeps the book, nor crossed, for several ticks
 * </pre>
 *
 * <p>A book is looked at as readers see it, so the whole way of its levels is checked. It may lag;
 * that only puts off the comparison, to the next frame of the book or the next tick, and what the
 * venue told is let go when the book has passed it.
 *
 * <p>Threads: the feed thread.
 */
public final class BookAudit {
    /** How often in a row a tick must find a book unsound: its state may be on the way. */
    private static final int MOST_UNSOUND_TICKS = 3;

    private final BookView view;
    private final CounterBlock counters;
    private final boolean isOn;
    private final BookPicture shown = new BookPicture();

    /** @param counters of the feed */
    BookAudit(BookView view, CounterBlock counters) {
        this.view = view;
        this.isOn = !view.equals(BookView.NOTHING);
        this.counters = counters;
    }

    /** Whether books can be looked at. */
    public boolean isOn() {
        return isOn;
    }

    /**
     * Compares what is held with the book, if that stands there.
     *
     * @param key place of the feed's last update of the book, by which what is held is known
     * @param updateId id of that update
     * @return false if they differ
     */
    public boolean agrees(InstrumentFeed instrument, BookCheck check, long key, long updateId) {
        if (!check.isHeld || !instrument.isBookReady || check.said.updateId() > key) {
            return true;
        }
        if (check.said.updateId() < key) {
            check.isHeld = false;
            return true;
        }
        if (!view.look(instrument.id, shown) || shown.updateId() != updateId
                || !shown.isSynced()) {
            return true;
        }
        check.isHeld = false;
        counters.increment(Counter.BOOK_CHECKS);
        return check.said.isTopOf(shown, check.levels) || differs(check);
    }

    /**
     * Looks at the book as time passes.
     *
     * @param mostLevels of a side that the venue keeps
     * @return false if it is no book
     */
    public boolean isSound(InstrumentFeed instrument, BookCheck check, long updateId,
            int mostLevels) {
        if (!instrument.isBookReady || !view.look(instrument.id, shown)
                || shown.updateId() != updateId) {
            return true;
        }
        if (shown.mostLevels() > mostLevels) {
            return differs(check);
        }
        if (shown.isSynced() && !shown.isCrossed()) {
            check.unsoundTicks = 0;
            return true;
        }
        // A crossing counts once for each update that leaves it there.
        if (!shown.isSynced() || check.unsoundTicks == 0 || check.unsoundUpdateId != updateId) {
            check.unsoundTicks++;
            check.unsoundUpdateId = updateId;
        }
        return check.unsoundTicks < MOST_UNSOUND_TICKS || differs(check);
    }

    private boolean differs(BookCheck check) {
        check.forget();
        counters.increment(Counter.BOOK_MISMATCHES);
        return false;
    }
}
