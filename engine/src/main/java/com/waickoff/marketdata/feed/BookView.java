package com.waickoff.marketdata.feed;

/**
 * What readers are shown of books, told to the feeds that the books are made of.
 *
 * <p>Threads: asked by the feed thread, which is not held up: a book that is being written is not
 * told. It may lag behind what the feed has published; its update id says how far it has come.
 */
@FunctionalInterface
public interface BookView {
    /** Nobody keeps books: for replays. */
    BookView NOTHING = (instrumentId, picture) -> false;

    /**
     * Takes a picture of a book.
     *
     * @return false if there is none now; the picture is worthless then
     */
    boolean look(int instrumentId, BookPicture picture);
}
