package com.waickoff.marketdata.window;

/**
 * Is told what happens to closed windows while it happens: during the event, on the study thread,
 * before the studies after the profile study see that event.
 *
 * <p>Calls depend on the events alone, not on how they are batched, so what a listener writes in
 * them is the same in every topology and replay. Windows are valid during the call only.
 */
public interface WindowCloseListener {
    /**
     * The watermark passed the window's end plus the lateness. Windows that close together are told
     * by timeframe, shortest first, and by start.
     */
    default void onClosed(int instrumentId, Window window) {}

    /**
     * A trade changed a closed window, which now has the next revision. A window that a late trade
     * opens is closed from the beginning: it is only revised.
     */
    default void onRevised(int instrumentId, Window window) {}

    /** A closed window is about to lose its rows, or its place to a newer one. */
    default void onLeaving(int instrumentId, Window window) {}

    /**
     * A trade belongs to a window that is no longer kept.
     *
     * @param startNs start of that window
     * @param traits bits such as {@link Bar#BUY}
     * @param tapeKey trade id where ids chain, else the match time
     * @param fills how many trades of the tape it stands for
     */
    default void onTooLate(int instrumentId, Timeframe timeframe, long startNs, long price,
            long quantity, int traits, long tapeKey, long fills) {}
}
