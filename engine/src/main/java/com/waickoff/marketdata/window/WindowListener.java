package com.waickoff.marketdata.window;

/** Is told of windows that leave memory. */
@FunctionalInterface
public interface WindowListener {
    /** Nobody wants to know. */
    WindowListener NONE = (instrumentId, window, cumulativeDelta) -> {};

    /**
     * A window is about to lose its rows, or its place to a newer one; it will not change again.
     *
     * @param window valid during the call only
     * @param cumulativeDelta the delta of all trades up to the window's end
     */
    void onRetired(int instrumentId, Window window, long cumulativeDelta);
}
