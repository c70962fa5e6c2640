package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.storage.effect.WindowRows;
import com.waickoff.marketdata.storage.effect.WindowState;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import java.util.List;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** A closed window: its bar, with its rows embedded. */
final class BarDocument {
    static final String ROWS = "rows";
    static final String REVISION = "revision";
    static final String CUMULATIVE_DELTA = "cvd";
    static final String VOLUME = "volume";
    static final String BUY_VOLUME = "buy_volume";
    private static final String FLAGS = "flags";
    private static final String TRADES = "trades";
    private static final String OPEN = "open";
    private static final String HIGH = "high";
    private static final String LOW = "low";
    private static final String CLOSE = "close";
    private static final String MIN_DELTA = "min_delta";
    private static final String MAX_DELTA = "max_delta";
    private static final String BLOCK_VOLUME = "block_volume";
    private static final String RPI_VOLUME = "rpi_volume";
    private static final String NOTIONAL = "notional";
    private static final String SQUARES = "squares";
    private static final String FIRST_KEY = "first_key";
    private static final String LAST_KEY = "last_key";
    private static final String ROW_SIZE = "row_size";
    private static final String POC = "poc";
    private static final String VAL = "val";
    private static final String VAH = "vah";
    /** To what time it was known how complete it is, ppm, gaps, repaired. */
    private static final String COVERAGE = "coverage";
    private static final int COVERAGE_PARTS = 4;

    private BarDocument() {}

    /**
     * A window as it is now. Where its rows have been given up, those that are there stay, as do the
     * point of control and the value area.
     */
    static Write write(Header header, Instrument instrument, String suffix, WindowState window) {
        String id = DocumentIds.bar(instrument.name(), window.timeframe(), window.startMs(),
                suffix);
        boolean hasRows = !window.rows().isEmpty();
        RawBsonDocument document = Documents.document(out -> {
            if (hasRows) {
                header.write(out, id);
            } else {
                header.write(out);
            }
            Header.units(out, instrument);
            write(out, window);
            if (hasRows) {
                write(out, window.rows(), instrument.lot());
            }
        });
        return new Write(DocumentIds.barCollection(window.timeframe()), id, header.unlessNewer(id),
                document, hasRows, header.effect());
    }

    private static void write(BsonBinaryWriter out, WindowState window) {
        out.writeDateTime(Field.TIME, window.startMs());
        out.writeInt32(FLAGS, window.flags());
        out.writeInt32(REVISION, window.revision());
        out.writeInt64(TRADES, window.trades());
        out.writeInt64(OPEN, window.open());
        out.writeInt64(HIGH, window.high());
        out.writeInt64(LOW, window.low());
        out.writeInt64(CLOSE, window.close());
        out.writeInt64(VOLUME, window.volume());
        out.writeInt64(BUY_VOLUME, window.buyVolume());
        out.writeInt64(MIN_DELTA, window.minDelta());
        out.writeInt64(MAX_DELTA, window.maxDelta());
        out.writeInt64(CUMULATIVE_DELTA, window.cumulativeDelta());
        out.writeInt64(BLOCK_VOLUME, window.blockVolume());
        out.writeInt64(RPI_VOLUME, window.rpiVolume());
        Documents.wide(out, NOTIONAL, window.notional());
        Documents.wide(out, SQUARES, window.squares());
        out.writeInt64(FIRST_KEY, window.firstTapeKey());
        out.writeInt64(LAST_KEY, window.lastTapeKey());
        CoverageStamp stamp = window.coverage();
        out.writeStartArray(COVERAGE);
        out.writeInt64(stamp.toMs());
        out.writeInt32(stamp.ppm());
        out.writeInt32(stamp.gaps());
        out.writeInt64(stamp.repaired());
        out.writeEndArray();
    }

    private static void write(BsonBinaryWriter out, WindowRows rows, long lot) {
        ValueArea area = ValueArea.of(rows);
        out.writeInt64(ROW_SIZE, rows.rowSize());
        out.writeInt64(POC, area.poc() * rows.rowSize());
        out.writeInt64(VAL, area.low() * rows.rowSize());
        out.writeInt64(VAH, area.high() * rows.rowSize());
        Documents.binary(out, ROWS, RowsBinary.encode(rows, lot));
    }

    /** The window, with {@link WindowRows#NONE} if its rows are not there or were not read. */
    static WindowState window(BsonDocument document, Timeframe timeframe) {
        BsonValue start = document.get(Field.TIME);
        if (start == null || !start.isDateTime()) {
            throw new UnreadableDocumentException("a bar without its time");
        }
        byte @Nullable [] rows = Documents.bytesOf(document, ROWS);
        long startMs = start.asDateTime().getValue();
        return new WindowState(timeframe, startMs, Documents.intOf(document, FLAGS),
                Documents.intOf(document, REVISION), Documents.longOf(document, TRADES),
                Documents.longOf(document, OPEN), Documents.longOf(document, HIGH),
                Documents.longOf(document, LOW), Documents.longOf(document, CLOSE),
                Documents.longOf(document, VOLUME), Documents.longOf(document, BUY_VOLUME),
                Documents.longOf(document, MIN_DELTA), Documents.longOf(document, MAX_DELTA),
                Documents.longOf(document, CUMULATIVE_DELTA),
                Documents.longOf(document, BLOCK_VOLUME),
                Documents.longOf(document, RPI_VOLUME), Documents.wideOf(document, NOTIONAL),
                Documents.wideOf(document, SQUARES), Documents.longOf(document, FIRST_KEY),
                Documents.longOf(document, LAST_KEY), coverage(document, startMs),
                rows == null ? WindowRows.NONE : RowsBinary.decode(rows));
    }

    private static CoverageStamp coverage(BsonDocument document, long startMs) {
        BsonValue value = document.get(COVERAGE);
        if (value == null || !value.isArray() || value.asArray().size() < COVERAGE_PARTS) {
            throw new UnreadableDocumentException("a bar that does not say how complete it is");
        }
        List<BsonValue> parts = value.asArray();
        return new CoverageStamp(startMs, parts.get(0).asNumber().longValue(),
                parts.get(1).asNumber().intValue(), parts.get(2).asNumber().intValue(),
                parts.get(3).asNumber().longValue());
    }

    /** Height of a row, 0 if there never were rows. */
    static long rowSize(BsonDocument document) {
        return orZero(document, ROW_SIZE);
    }

    static long poc(BsonDocument document) {
        return orZero(document, POC);
    }

    static long val(BsonDocument document) {
        return orZero(document, VAL);
    }

    static long vah(BsonDocument document) {
        return orZero(document, VAH);
    }

    private static long orZero(BsonDocument document, String name) {
        return document.getNumber(name, new BsonInt64(0)).longValue();
    }
}
