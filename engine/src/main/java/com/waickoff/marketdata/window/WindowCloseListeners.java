package com.waickoff.marketdata.window;

import java.util.Arrays;

/** Tells several listeners, in the order in which they were added. */
final class WindowCloseListeners implements WindowCloseListener {
    private WindowCloseListener[] listeners = {};

    void add(WindowCloseListener listener) {
        listeners = Arrays.copyOf(listeners, listeners.length + 1);
        listeners[listeners.length - 1] = listener;
    }

    @Override
    public void onClosed(int instrumentId, Window window) {
        for (WindowCloseListener listener : listeners) {
            listener.onClosed(instrumentId, window);
        }
    }

    @Override
    public void onRevised(int instrumentId, Window window) {
        for (WindowCloseListener listener : listeners) {
            listener.onRevised(instrumentId, window);
        }
    }

    @Override
    public void onLeaving(int instrumentId, Window window) {
        for (WindowCloseListener listener : listeners) {
            listener.onLeaving(instrumentId, window);
        }
    }

    @Override
    public void onTooLate(int instrumentId, Timeframe timeframe, long startNs, long price,
            long quantity, int traits, long tapeKey, long fills) {
        for (WindowCloseListener listener : listeners) {
            listener.onTooLate(instrumentId, timeframe, startNs, price, quantity, traits, tapeKey,
                    fills);
        }
    }
}
