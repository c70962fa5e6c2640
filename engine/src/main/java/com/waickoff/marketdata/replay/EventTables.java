package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trades and book levels of a replay as tables, written while it goes on.
 *
 * <pre>
 *   trades  instrument,sequence,match_time_ns,receive_time_ns,side,price,quantity,trade_id,aux,fills,
 *           block,rpi,repaired,off_book
 *   levels  instrument,sequence,match_time_ns,receive_time_ns,side,price,quantity,update_id,snapshot,
 *           last
 * </pre>
 *
 * <p>{@code side} is the aggressor's, {@code buy} or {@code sell}; of levels {@code bid} or {@code
 * ask}. A quantity of 0 removes a level. {@code aux} and {@code trade_id} are those of {@link
 * MarketEvent}.
 *
 * <p>Threads: the one that replays.
 */
public final class EventTables implements EventLog, AutoCloseable {
    private final InstrumentCatalogue catalogue;
    private final @Nullable TableFile trades;
    private final @Nullable TableFile levels;

    /**
     * The tables of events that are wanted, replacing older files.
     *
     * @param metadata kept where a format has a place for it
     */
    public EventTables(InstrumentCatalogue catalogue, ExportSettings settings,
            Map<String, String> metadata) throws IOException {
        this.catalogue = catalogue;
        trades = settings.tables().contains(ExportTable.TRADES)
                ? new TableFile(ExportTable.TRADES, settings, metadata) : null;
        levels = settings.tables().contains(ExportTable.LEVELS)
                ? new TableFile(ExportTable.LEVELS, settings, metadata) : null;
    }

    /** @throws java.io.UncheckedIOException if it cannot be written */
    @Override
    public void onEvent(MarketEvent event, long sequence) {
        if (event.kind() == EventKind.TRADE && trades != null) {
            head(event, sequence, event.has(EventFlags.BUY) ? "buy" : "sell", trades);
            trades.integer(event.id64()).integer(event.aux()).integer(event.fills())
                    .flag(event.has(EventFlags.BLOCK)).flag(event.has(EventFlags.RPI))
                    .flag(event.has(EventFlags.REPAIRED)).flag(event.has(EventFlags.OFF_BOOK));
            trades.endRow();
        } else if (event.kind() == EventKind.BOOK_LEVEL && levels != null) {
            head(event, sequence, event.has(EventFlags.BID) ? "bid" : "ask", levels);
            levels.integer(event.updateId()).flag(event.has(EventFlags.SNAPSHOT))
                    .flag(event.has(EventFlags.LAST));
            levels.endRow();
        }
    }

    private void head(MarketEvent event, long sequence, String side, TableRow to) {
        Instrument instrument = catalogue.get(event.instrumentId());
        to.text(instrument.name()).integer(sequence).integer(event.matchTimeNs())
                .integer(event.receiveTimeNs()).text(side)
                .decimal(event.price(), instrument.priceScale())
                .decimal(event.quantity(), instrument.quantityScale());
    }

    /** Rows of trades or levels so far; 0 where they are not wanted. */
    public long rows(ExportTable table) {
        TableFile file = table == ExportTable.TRADES ? trades
                : table == ExportTable.LEVELS ? levels : null;
        return file == null ? 0 : file.rows();
    }

    @Override
    public void close() throws IOException {
        try (trades; levels) {
            // Each completes its files.
        }
    }
}
