package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind.Field;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.window.Timeframe;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntToLongFunction;

/**
 * The signals of a replay as lines of text, in the order in which they were raised.
 *
 * <pre>
 *   signals.csv  instrument,id,time_ms,kind,side,price,timeframe,start,revision,inputs,parameters
 * </pre>
 *
 * <p>{@code id} is engine sequence and ordinal; {@code timeframe} and {@code start} are empty for
 * signals of the tape; inputs and parameters are {@code name=value} separated by blanks, values being
 * plain decimals in the venue's units, factors as such.
 *
 * <p>Threads: one, after the studies have ended.
 */
public final class SignalExport {
    /** Header of {@code signals.csv}. */
    public static final String HEADER = "instrument,id,time_ms,kind,side,price,timeframe,start,"
            + "revision,inputs,parameters";

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

    /** Writes the file, replacing an older one. */
    public void writeTo(Path directory) throws IOException {
        Files.createDirectories(directory);
        try (BufferedWriter out = Files.newBufferedWriter(directory.resolve("signals.csv"),
                StandardCharsets.UTF_8)) {
            out.write(HEADER);
            out.write('\n');
            for (SignalLedger.Entry entry : entries) {
                out.write(line(instrument(entry), entry.signal()));
                out.write('\n');
            }
        }
    }

    private static String line(SnapshotInstrument instrument, Signal signal) {
        Timeframe timeframe = signal.timeframe();
        return instrument.name() + ',' + signal.sequence() + '-' + signal.ordinal() + ','
                + Math.floorDiv(signal.matchTimeNs(), NS_PER_MS) + ',' + signal.kind().label() + ','
                + side(signal) + ',' + Decimal.toString(signal.price(), instrument.priceScale())
                + ',' + (timeframe == null ? "," : timeframe.label() + ',' + signal.windowStartMs())
                + ',' + signal.revision() + ','
                + values(instrument, signal.kind().inputs(), signal::input) + ','
                + values(instrument, signal.kind().parameters(), signal::parameter);
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
