package com.waickoff.marketdata.feed;

/**
 * How silence of streams is judged.
 *
 * @param bookSilenceNs how long a book may be silent while its instrument trades
 * @param tapeSilenceNs how long a tape may be silent until the venue is asked whether the market is
 * @param longestNs most time between two questions about one silent tape: it doubles up to this
 * @param graceNs how long a trade that the venue knows may be on its way
 * @param spacingNs least time between two questions about any tape of the feed
 */
public record StreamSettings(long bookSilenceNs, long tapeSilenceNs, long longestNs, long graceNs,
        long spacingNs) {
    private static final long SECOND = 1_000_000_000L;
    /** Seconds of silence of a tape, unless configured. */
    public static final int DEFAULT_TAPE_SILENCE_SECONDS = 30;
    /** Seconds of silence of a book whose instrument trades, unless configured. */
    public static final int DEFAULT_BOOK_SILENCE_SECONDS = 10;
    /** 10 s of a book, 30 s of a tape, ten minutes at most, 3 s of grace, one question a second. */
    public static final StreamSettings DEFAULT = of(DEFAULT_BOOK_SILENCE_SECONDS,
            DEFAULT_TAPE_SILENCE_SECONDS);

    /** Checks ranges. */
    public StreamSettings {
        if (bookSilenceNs < 1 || tapeSilenceNs < 1 || longestNs < tapeSilenceNs || graceNs < 0
                || spacingNs < 0) {
            throw new IllegalArgumentException("silence of books " + bookSilenceNs
                    + " ns and tapes " + tapeSilenceNs + " ns, longest " + longestNs
                    + " ns, grace " + graceNs + " ns and spacing " + spacingNs
                    + " ns do not fit together");
        }
    }

    /** With the defaults of everything else. */
    public static StreamSettings of(int bookSilenceSeconds, int tapeSilenceSeconds) {
        return new StreamSettings(bookSilenceSeconds * SECOND, tapeSilenceSeconds * SECOND,
                Math.max(600, tapeSilenceSeconds) * SECOND, 3 * SECOND, SECOND);
    }
}
