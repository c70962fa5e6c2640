package com.waickoff.marketdata.window;

/**
 * Builds one window from its trades in tape order: what an engine would have that met no gap, no late
 * trade and no lack of memory.
 *
 * <p>Threads: one.
 */
public final class WindowBuilder {
    /** Merged rows may part a page that two ends of the range shared. */
    private static final int SPARE_PAGES = 2;

    private final Window window;
    private final FloorDivisor rowHeight;
    private final PriceMoments value = new PriceMoments();

    /**
     * A window without trades.
     *
     * @param tick the instrument's tick in scaled price units
     * @param config rows and their height
     */
    public WindowBuilder(Timeframe timeframe, long startNs, long tick, WindowConfig config) {
        rowHeight = new FloorDivisor(Math.multiplyExact(tick, (long) config.rowTicks()));
        int capacity = config.rowCapacity();
        RowPages pages = new RowPages(capacity,
                capacity / RowPages.ROWS_PER_PAGE + SPARE_PAGES);
        window = new Window(timeframe, new TradeRun(rowHeight),
                new Rows(pages, capacity, rowHeight.divisor()));
        window.open(startNs);
    }

    /** Adds the next trade; the parameters are those of {@link InstrumentWindows#onTrade}. */
    public void add(long price, long quantity, int traits, long tapeKey, long fills) {
        if (!window.bar().fits(quantity)) {
            window.addFlag(Window.OVERFLOW);
            return;
        }
        value.set(price, quantity);
        if (!window.bar().add(price, quantity, value, traits, tapeKey, fills)) {
            window.addFlag(Window.UNORDERED);
        }
        window.rows().add(rowHeight.floor(price), quantity, (traits & Bar.BUY) != 0);
    }

    /** The window so far. */
    Window window() {
        return window;
    }

    /**
     * The window, closed.
     *
     * @param revision how often it changed after it closed
     * @param suspectTime whether it holds a trade whose time could not be believed
     */
    public Window closed(int revision, boolean suspectTime) {
        window.close();
        if (suspectTime) {
            window.addFlag(Window.SUSPECT_TIME);
        }
        for (int i = 0; i < revision; i++) {
            window.revise();
        }
        return window;
    }
}
