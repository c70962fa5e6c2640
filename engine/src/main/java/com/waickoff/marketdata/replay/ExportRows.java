package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaRule;

/** Windows, rows and levels as rows of their {@link ExportTable}. Threads: one. */
final class ExportRows {
    private final ValueAreaRule rule;

    /** @param rule by which value areas are found */
    ExportRows(ValueAreaRule rule) {
        this.rule = rule;
    }

    /** A window without what depends on the run: coverage and revision. */
    void window(SnapshotInstrument instrument, WindowLedger.Entry window, TableRow to) {
        head(instrument, window, to);
        price(instrument, window.open, to);
        price(instrument, window.high, to);
        price(instrument, window.low, to);
        price(instrument, window.close, to);
        quantity(instrument, window.volume, to);
        quantity(instrument, window.buyVolume, to);
        quantity(instrument, window.volume - window.buyVolume, to);
        quantity(instrument, 2 * window.buyVolume - window.volume, to);
        quantity(instrument, window.minDelta, to);
        quantity(instrument, window.maxDelta, to);
        quantity(instrument, window.cumulativeDelta, to);
        to.integer(window.trades);
        if (window.isEmpty()) {
            to.empty().empty().empty();
        } else {
            ValueArea area = ValueArea.of(window, rule);
            price(instrument, area.poc() * window.rowSize(), to);
            price(instrument, area.high() * window.rowSize(), to);
            price(instrument, area.low() * window.rowSize(), to);
        }
    }

    /** The rows of a window that have volume, each ended by {@code endRow}. */
    void rows(SnapshotInstrument instrument, WindowLedger.Entry window, TableRow to,
            Runnable endRow) {
        for (long row = window.lowRow(); row <= window.highRow(); row++) {
            if (window.volume(row) != 0) {
                head(instrument, window, to);
                price(instrument, row * window.rowSize(), to);
                quantity(instrument, window.buyVolume(row), to);
                quantity(instrument, window.sellVolume(row), to);
                endRow.run();
            }
        }
    }

    /** A level of a book. */
    void level(SnapshotInstrument instrument, String side, int level, long price, long quantity,
            TableRow to) {
        to.text(instrument.name()).text(side).integer(level);
        price(instrument, price, to);
        quantity(instrument, quantity, to);
    }

    private static void head(SnapshotInstrument instrument, WindowLedger.Entry window,
            TableRow to) {
        to.text(instrument.name()).text(window.timeframe.label()).integer(window.startMs);
    }

    private static void price(SnapshotInstrument instrument, long price, TableRow to) {
        to.decimal(price, instrument.priceScale());
    }

    private static void quantity(SnapshotInstrument instrument, long quantity, TableRow to) {
        to.decimal(quantity, instrument.quantityScale());
    }
}
