package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind.Field;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToLongFunction;

/**
 * The signals of a replay as a table, in the order in which they were raised.
 *
 * <pre>
 *   signals  instrument,id,time_ms,kind,side,price,timeframe,start,revision,inputs,parameters
 * </pre>
 *
 * <p>{@code id} is engine sequence and ordinal; {@code timeframe} and {@code start} are empty for
 * signals of the tape; inputs and parameters are {@code name=value} separated by blanks, values being
 * plain decimals in the venue's units, factors as such.
 *
 * <p>Threads: one, after the studies have ended.
 */
public final class SignalExport {
    private static final long NS_PER_MS = 1_000_000L;
    private static final int RATIO_DECIMALS = 3;

    private final Map<Integer, SnapshotInstrument> instruments = new HashMap<>();
    private final List<SignalLedger.Entry> entries = new ArrayList<>();

    /**
     * The signals of these ledgers, whose instruments this snapshot defines.
     *
     * @throws IOException if the snapshot cannot be read
     */
    public SignalExport(List<SignalLedger> ledgers, SnapshotReader snapshot) throws IOException {
        for (SnapshotEntry entry : snapshot.instruments()) {
            instruments.put(entry.instrument().id(), entry.instrument());
        }
        ledgers.forEach(ledger -> entries.addAll(ledger.entries()));
        entries.removeIf(entry -> !instruments.containsKey(entry.instrumentId()));
        entries.sort(Comparator
                .comparing((SignalLedger.Entry entry) -> instrument(entry).name())
                .thenComparingLong(entry -> entry.signal().sequence())
                .thenComparingInt(entry -> entry.signal().ordinal()));
    }

    private SnapshotInstrument instrument(SignalLedger.Entry entry) {
        return Objects.requireNonNull(instruments.get(entry.instrumentId()));
    }

    /**
     * Writes the table if it is wanted, replacing older files.
     *
     * @param metadata kept where a format has a place for it
     */
    public void writeTo(ExportSettings settings, Map<String, String> metadata)
            throws IOException {
        if (!settings.tables().contains(ExportTable.SIGNALS)) {
            return;
        }
        try (TableFile file = new TableFile(ExportTable.SIGNALS, settings, metadata)) {
            for (SignalLedger.Entry entry : entries) {
                write(instrument(entry), entry.signal(), file);
                file.endRow();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    static void write(SnapshotInstrument instrument, Signal signal, TableRow to) {
        to.text(instrument.name()).text(signal.sequence() + "-" + signal.ordinal())
                .integer(Math.floorDiv(signal.matchTimeNs(), NS_PER_MS))
                .text(signal.kind().label()).text(side(signal))
                .decimal(signal.price(), instrument.priceScale());
        Timeframe timeframe = signal.timeframe();
        if (timeframe == null) {
            to.empty().empty();
        } else {
            to.text(timeframe.label()).integer(signal.windowStartMs());
        }
        to.integer(signal.revision())
                .text(values(instrument, signal.kind().inputs(), signal::input))
                .text(values(instrument, signal.kind().parameters(), signal::parameter));
    }

    private static String side(Signal signal) {
        return switch (signal.side()) {
            case Signal.BUY -> "buy";
            case Signal.SELL -> "sell";
            default -> "";
        };
    }

    private static String values(SnapshotInstrument instrument, List<Field> fields,
            IntToLongFunction value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            int scale = switch (field.unit()) {
                case PRICE -> instrument.priceScale();
                case QUANTITY -> instrument.quantityScale();
                case RATIO -> RATIO_DECIMALS;
                case COUNT, PPM, SECONDS -> 0;
            };
            text.append(i == 0 ? "" : " ").append(field.name()).append('=')
                    .append(Decimal.toString(value.applyAsLong(i), scale));
        }
        return text.toString();
    }
}
