package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.window.ValueArea;
import java.util.function.Consumer;

/** Windows, rows and levels as lines of text, as {@link Exports} describes them. Threads: one. */
final class ExportLines {
    private final StringBuilder line = new StringBuilder();

    /** A window without what depends on the run: coverage and revision. */
    String window(SnapshotInstrument instrument, WindowLedger.Entry window) {
        head(window, instrument);
        price(instrument, window.open);
        price(instrument, window.high);
        price(instrument, window.low);
        price(instrument, window.close);
        quantity(instrument, window.volume);
        quantity(instrument, window.buyVolume);
        quantity(instrument, window.volume - window.buyVolume);
        quantity(instrument, 2 * window.buyVolume - window.volume);
        quantity(instrument, window.minDelta);
        quantity(instrument, window.maxDelta);
        quantity(instrument, window.cumulativeDelta);
        line.append(',').append(window.trades);
        if (window.isEmpty()) {
            line.append(",,,");
        } else {
            ValueArea area = ValueArea.of(window);
            price(instrument, area.poc() * window.rowSize());
            price(instrument, area.high() * window.rowSize());
            price(instrument, area.low() * window.rowSize());
        }
        return line.toString();
    }

    /** The rows of a window that have volume. */
    void rows(SnapshotInstrument instrument, WindowLedger.Entry window, Consumer<String> to) {
        for (long row = window.lowRow(); row <= window.highRow(); row++) {
            if (window.volume(row) != 0) {
                head(window, instrument);
                price(instrument, row * window.rowSize());
                quantity(instrument, window.buyVolume(row));
                quantity(instrument, window.sellVolume(row));
                to.accept(line.toString());
            }
        }
    }

    /** A level of a book. */
    String level(SnapshotInstrument instrument, String side, int level, long price,
            long quantity) {
        line.setLength(0);
        line.append(instrument.name()).append(',').append(side).append(',').append(level);
        price(instrument, price);
        quantity(instrument, quantity);
        return line.toString();
    }

    private void head(WindowLedger.Entry window, SnapshotInstrument instrument) {
        line.setLength(0);
        line.append(instrument.name()).append(',').append(window.timeframe.label()).append(',')
                .append(window.startMs);
    }

    private void price(SnapshotInstrument instrument, long price) {
        Decimal.append(line.append(','), price, instrument.priceScale());
    }

    private void quantity(SnapshotInstrument instrument, long quantity) {
        Decimal.append(line.append(','), quantity, instrument.quantityScale());
    }
}
