package com.waickoff.marketdata.depth;

import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.snapshot.DepthSection;
import com.waickoff.marketdata.snapshot.InstrumentSections;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The book of one instrument with all that is measured on it, and where readers see it, at the end
 * of a batch: the book as it is then, windows and walls as they were at the last clock, because what
 * they show must not depend on where a batch ends.
 *
 * <p>Threads: one.
 */
final class StudiedBook {
    private static final long NS_PER_US = 1_000;

    private final int id;
    private final Book book;
    private final InstrumentSections sections;
    private final MeasuredBook measured;
    private final BookTime time = new BookTime();
    private final DepthWindows windows;
    private final Walls walls = new Walls();
    private final long latenessUs;
    private boolean changedSinceClock;
    private long wallsSequence;
    private boolean areWallsAwaited;
    /** Whether readers have yet to see what changed; the study's own. */
    boolean isDirty;
    /** Whether readers have yet to see what there was at the last clock; the study's own. */
    boolean isAwaited;

    StudiedBook(Book book, InstrumentSections sections, long latenessMs) {
        id = book.instrument().id();
        this.book = book;
        this.sections = sections;
        measured = new MeasuredBook(sections.depth().capacity());
        windows = new DepthWindows(sections);
        latenessUs = latenessMs * 1_000;
    }

    int id() {
        return id;
    }

    Book book() {
        return book;
    }

    /** The last level of an update was applied. */
    void onUpdate(MarketEvent last, long sequence) {
        windows.onEvent(time.of(last), measured, true, sequence);
        boolean wasSynced = measured.isSynced();
        measured.measure(book);
        if (wasSynced && measured.isSynced()) {
            windows.addUpdate(measured);
        }
        changedSinceClock = true;
    }

    /** The book follows its venue from here on. */
    void onReady(MarketEvent ready, long sequence) {
        windows.onEvent(time.of(ready), measured, true, sequence);
        book.onReady(ready);
        measured.measure(book);
        changedSinceClock = true;
    }

    /** The book does not follow its venue any more, and did not, who knows since when. */
    void onReset(MarketEvent reset, Reason reason, long sequence) {
        windows.onEvent(time.of(reset), measured, false, sequence);
        book.onReset(reason);
        measured.measure(book);
        changedSinceClock = true;
        if (!walls.isUnused()) {
            walls.clear();
            awaitWalls(sequence);
            showWalls();
        }
    }

    /** The feed came up. */
    void onFeedUp() {
        time.onFeedUp();
    }

    /**
     * Time passed.
     *
     * @param awayBefore whether the engine was not there for a while before
     * @return whether there is something to show: {@link #showClock}
     */
    boolean onClock(long receiveTimeNs, boolean awayBefore, WallSearch search, long sequence) {
        long nowUs = time.at(receiveTimeNs);
        if (nowUs == BookTime.NONE) {
            return false;
        }
        if (awayBefore) {
            windows.interrupt();
        }
        boolean advanced = windows.onClock(nowUs - latenessUs, measured, sequence);
        if (!advanced && !changedSinceClock) {
            return false;
        }
        windows.keepForShow(sequence);
        if (changedSinceClock && measured.isSynced() && book.isComplete()) {
            changedSinceClock = false;
            walls.look(book, search, nowUs * NS_PER_US);
            awaitWalls(sequence);
        }
        return true;
    }

    /** Shows windows and walls as they were at the last clock. */
    void showClock() {
        windows.show();
        showWalls();
    }

    /** Shows the book, which is complete. */
    void show(long sequence) {
        DepthSection section = sections.depth();
        section.begin();
        section.book(book.state(), book.updateId(), book.matchTimeNs(), book.receiveTimeNs(),
                book.bids().levelCount(), book.asks().levelCount());
        measured.show(section);
        section.end(sequence);
    }

    private void awaitWalls(long sequence) {
        areWallsAwaited = true;
        wallsSequence = sequence;
    }

    private void showWalls() {
        if (areWallsAwaited) {
            areWallsAwaited = false;
            walls.show(sections.walls(), wallsSequence);
        }
    }

    void writeTo(DataOutput out) throws IOException {
        time.writeTo(out);
        measured.writeTo(out);
        walls.writeTo(out);
        out.writeBoolean(changedSinceClock);
        windows.writeTo(out);
        book.writeTo(out);
    }

    void readFrom(DataInput in) throws IOException {
        time.readFrom(in);
        measured.readFrom(in);
        walls.readFrom(in);
        changedSinceClock = in.readBoolean();
        windows.readFrom(in);
        book.readFrom(in);
        if (!walls.isUnused()) {
            awaitWalls(0);
            showWalls();
        }
    }
}
