package com.waickoff.venue.wire;

/** What a line of a recording tells. */
public enum FrameContent {
    /** The URL that was connected to. */
    CONNECT('C'),
    /** What the client said. */
    SENT('S'),
    /** Acknowledgements and pongs. */
    CONTROL('R'), TRADES('R'),
    /** Fills of one taker at one price, told as one; the trades tell them too. */
    AGGREGATE('R'),
    /** A print that is no trade of the book; it only takes an id. */
    OFF_BOOK_PRINT('R'), BOOK_SNAPSHOT('R'), BOOK_DELTA('R'),
    /** The best levels of a book, whole; the differences tell them too. */
    PARTIAL_BOOK('R'),
    /** Best bid and ask. */
    BEST_PRICES('R'),
    /** Statistics that an engine of trades and books ignores. */
    TICKER('R'),
    /** The answer to a REST request for the book. */
    BOOK_ANSWER('H');

    private final char kind;

    FrameContent(char kind) {
        this.kind = kind;
    }

    /** The kind of a recording's line: C connect, S sent, R received, H HTTP answer. */
    public char kind() {
        return kind;
    }
}
