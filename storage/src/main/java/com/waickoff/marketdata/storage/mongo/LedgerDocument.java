package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.storage.effect.CoverageChanged;
import com.waickoff.marketdata.storage.history.CoverageLedger;
import com.waickoff.marketdata.storage.history.HistoryInstrument;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;

/** What is known of an instrument as such: its definition, and how complete its tape is. */
final class LedgerDocument {
    static final String INSTRUMENTS = "instruments";
    static final String COVERAGE = "coverage";
    /** Id of the first definition that the journal has of the instrument. */
    static final String FIRST_DEFINITION = "first_definition";
    private static final String VENUE = "venue";
    private static final String SYMBOL = "symbol";
    private static final String TICK = "tick";
    private static final String LOT = "lot";
    private static final String CONTRACT_SIZE = "contract_size";
    private static final String CONTRACT_UNIT = "contract_unit";
    private static final String QUANTITY_UNIT = "quantity_unit";
    private static final String PRICE_UNIT = "price_unit";
    private static final String IDS_CHAIN = "ids_chain";
    private static final String GAPS = "gaps";
    private static final String REPAIRED_GAPS = "repaired_gaps";
    private static final String REPAIRED_TRADES = "repaired_trades";
    /** Starts and ends in ms by turns; an end of 2^63-1 has not come. */
    private static final String UNCOVERED = "uncovered";

    private LedgerDocument() {}

    static Write write(Header header, Instrument instrument, int firstDefinition) {
        String id = instrument.name();
        RawBsonDocument document = Documents.document(out -> {
            header.write(out, id);
            Header.units(out, instrument);
            out.writeInt32(FIRST_DEFINITION, firstDefinition);
            out.writeString(VENUE, instrument.venue());
            out.writeString(SYMBOL, instrument.symbol());
            out.writeInt64(TICK, instrument.tick());
            out.writeInt64(LOT, instrument.lot());
            out.writeString(CONTRACT_SIZE, instrument.contractSize().toPlainString());
            out.writeString(CONTRACT_UNIT, instrument.contractUnit());
            out.writeString(QUANTITY_UNIT, instrument.quantityUnit());
            out.writeString(PRICE_UNIT, instrument.priceUnit());
            out.writeBoolean(IDS_CHAIN, instrument.idsChain());
        });
        return new Write(INSTRUMENTS, id, header.unlessNewer(id), document, true,
                header.effect());
    }

    static HistoryInstrument instrument(BsonDocument document) {
        return new HistoryInstrument(Documents.intOf(document, Field.DEFINITION),
                Documents.textOf(document, VENUE), Documents.textOf(document, SYMBOL),
                Documents.intOf(document, Field.PRICE_SCALE), Documents.longOf(document, TICK),
                Documents.intOf(document, Field.QUANTITY_SCALE), Documents.longOf(document, LOT),
                new BigDecimal(Documents.textOf(document, CONTRACT_SIZE)),
                Documents.textOf(document, CONTRACT_UNIT),
                Documents.textOf(document, QUANTITY_UNIT),
                Documents.textOf(document, PRICE_UNIT));
    }

    static Write write(Header header, CoverageChanged ledger) {
        Instrument instrument = ledger.instrument();
        String id = instrument.name() + DocumentIds.definition(instrument.id());
        RawBsonDocument document = Documents.document(out -> {
            header.write(out, id);
            Header.units(out, instrument);
            Header.times(out, ledger);
            out.writeInt64(GAPS, ledger.gaps());
            out.writeInt64(REPAIRED_GAPS, ledger.repairedGaps());
            out.writeInt64(REPAIRED_TRADES, ledger.repairedTrades());
            out.writeStartArray(UNCOVERED);
            for (CoverageChanged.Interval interval : ledger.uncovered()) {
                out.writeInt64(interval.fromMs());
                out.writeInt64(interval.toMs());
            }
            out.writeEndArray();
        });
        return new Write(COVERAGE, id, header.unlessNewer(id), document, true, header.effect());
    }

    static CoverageLedger coverage(BsonDocument document) {
        BsonValue value = document.get(UNCOVERED);
        if (value == null || !value.isArray() || value.asArray().size() % 2 != 0) {
            throw new UnreadableDocumentException("a ledger without its intervals");
        }
        List<BsonValue> bounds = value.asArray();
        List<CoverageLedger.Interval> uncovered = new ArrayList<>();
        for (int i = 0; i < bounds.size(); i += 2) {
            uncovered.add(new CoverageLedger.Interval(bounds.get(i).asNumber().longValue(),
                    bounds.get(i + 1).asNumber().longValue()));
        }
        return new CoverageLedger(Documents.longOf(document, GAPS),
                Documents.longOf(document, REPAIRED_GAPS), uncovered);
    }
}
