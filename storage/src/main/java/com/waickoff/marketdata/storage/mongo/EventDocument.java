package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.snapshot.SignalKind;
import com.waickoff.marketdata.storage.effect.BookStateChanged;
import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.FeedStateChanged;
import com.waickoff.marketdata.storage.effect.SignalRaised;
import com.waickoff.marketdata.storage.history.HistorySignal;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;

/** What happened at one moment and never changes: signals, and states of books and feeds. */
final class EventDocument {
    static final String SIGNALS = "signals";
    static final String STATES = "states";
    static final String KIND = "kind";
    static final String TIMEFRAME = "timeframe";
    private static final long NS_PER_MS = 1_000_000L;
    private static final String START = "start_ms";
    private static final String PRICE = "price";
    private static final String SIDE = "side";
    private static final String REVISION = "revision";
    private static final String INPUTS = "inputs";
    private static final String PARAMETERS = "parameters";
    private static final String STATE = "state";
    private static final String REASON = "reason";
    private static final String UPDATE_ID = "update_id";
    private static final String EPOCH = "epoch";

    private EventDocument() {}

    static Write write(Header header, SignalRaised signal) {
        return write(SIGNALS, header, signal, signal.matchTimeNs(), out -> {
            out.writeString(KIND, signal.kind().label());
            Timeframe timeframe = signal.timeframe();
            if (timeframe != null) {
                out.writeString(TIMEFRAME, timeframe.label());
                out.writeInt64(START, signal.windowStartMs());
            }
            out.writeInt64(PRICE, signal.price());
            out.writeInt32(SIDE, signal.side());
            out.writeInt32(REVISION, signal.revision());
            write(out, INPUTS, signal.inputs());
            write(out, PARAMETERS, signal.parameters());
        });
    }

    static Write write(Header header, BookStateChanged book) {
        return write(STATES, header, book, book.receiveTimeNs(), out -> {
            out.writeString(KIND, BookStateChanged.TYPE);
            out.writeString(STATE, book.state().label());
            out.writeString(REASON, label(book.reason()));
            out.writeInt64(UPDATE_ID, book.updateId());
        });
    }

    static Write write(Header header, FeedStateChanged feed) {
        return write(STATES, header, feed, feed.receiveTimeNs(), out -> {
            out.writeString(KIND, FeedStateChanged.TYPE);
            out.writeString(STATE, feed.isUp() ? "up" : "down");
            out.writeString(REASON, label(feed.reason()));
            out.writeInt64(EPOCH, feed.epoch());
        });
    }

    private interface Fields {
        void write(BsonBinaryWriter out);
    }

    private static Write write(String collection, Header header, Effect effect, long timeNs,
            Fields fields) {
        String id = DocumentIds.effect(effect.instrument().name(), timeNs, effect.id());
        RawBsonDocument document = Documents.document(out -> {
            header.write(out, id);
            Header.units(out, effect.instrument());
            out.writeDateTime(Field.TIME, Math.floorDiv(timeNs, NS_PER_MS));
            Header.times(out, effect);
            fields.write(out);
        });
        return new Write(collection, id, header.unlessNewer(id), document, true, header.effect());
    }

    private static String label(Reason reason) {
        return reason.name().toLowerCase(Locale.ROOT);
    }

    private static void write(BsonBinaryWriter out, String name, List<Long> values) {
        out.writeStartArray(name);
        values.forEach(out::writeInt64);
        out.writeEndArray();
    }

    /** A signal of a kind that this program knows; null if it is a newer one. */
    static @Nullable HistorySignal signal(BsonDocument document) {
        SignalKind kind = kind(Documents.textOf(document, KIND));
        if (kind == null) {
            return null;
        }
        Timeframe timeframe = document.containsKey(TIMEFRAME)
                ? Timeframe.ofLabel(Documents.textOf(document, TIMEFRAME)) : null;
        return new HistorySignal(Documents.longOf(document, Field.SEQUENCE),
                Documents.longOf(document, Field.MATCH_NS), kind, timeframe,
                timeframe == null ? 0 : Documents.longOf(document, START),
                Documents.longOf(document, PRICE), Documents.intOf(document, SIDE),
                Documents.intOf(document, REVISION), values(document, INPUTS),
                values(document, PARAMETERS), Documents.intOf(document, Field.PRICE_SCALE),
                Documents.intOf(document, Field.QUANTITY_SCALE));
    }

    private static @Nullable SignalKind kind(String label) {
        for (SignalKind kind : SignalKind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        return null;
    }

    private static List<Long> values(BsonDocument document, String name) {
        BsonValue value = document.get(name);
        List<Long> values = new ArrayList<>();
        if (value != null && value.isArray()) {
            value.asArray().forEach(one -> values.add(one.asNumber().longValue()));
        }
        return values;
    }
}
