package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.Watermark;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowBuilder;
import com.waickoff.marketdata.window.WindowConfig;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Computes one window anew from the events of a journal: its trades in tape order, however they came.
 *
 * <pre>
 *   JournalReplay ──events──► WindowRebuild ──► window()
 * </pre>
 *
 * <p>The result is what the engine has of that window, to the byte in its bar and its rows, but for
 * what the engine cannot know: where trades came out of tape order or too late for the rows, the
 * engine's window says so, and this one is right.
 *
 * <p>A trade whose time cannot be believed counts where the watermark was when it came. So events are
 * handed in from the beginning of the journal, and to its end, since repairs come late. Keeps 48 bytes
 * a trade of the window.
 *
 * <p>Threads: one.
 */
public final class WindowRebuild implements MarketEventHandler {
    private final Instrument instrument;
    private final Timeframe timeframe;
    private final long startNs;
    private final long endNs;
    private final WindowConfig config;
    private final Watermark watermark = new Watermark();
    private final List<Trade> trades = new ArrayList<>();
    private long cumulativeDelta;
    private int revision;
    private boolean suspectTime;

    private record Trade(long price, long quantity, int traits, long tapeKey, long fills) {}

    /**
     * A rebuild of the window of {@code timeframe} that holds {@code timeNs}.
     *
     * @param config as the engine's, whose rows and lateness it has to share
     */
    public WindowRebuild(Instrument instrument, Timeframe timeframe, long timeNs,
            WindowConfig config) {
        this.instrument = instrument;
        this.timeframe = timeframe;
        this.config = config;
        startNs = timeframe.startOf(timeNs);
        endNs = startNs + timeframe.lengthNs();
    }

    @Override
    public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
        if (event.instrumentId() != instrument.id()) {
            return;
        }
        if (event.kind() == EventKind.FEED_UP) {
            watermark.onFeedUp();
        } else if (event.kind() == EventKind.TRADE && !event.has(EventFlags.OFF_BOOK)) {
            onTrade(event);
        }
    }

    private void onTrade(MarketEvent event) {
        boolean isBelieved = watermark.onTrade(event.matchTimeNs(), event.receiveTimeNs());
        long nowNs = watermark.at(event.receiveTimeNs());
        long timeNs = isBelieved ? event.matchTimeNs() : nowNs;
        if (timeNs < endNs) {
            boolean isBuy = (event.tradeTraits() & Bar.BUY) != 0;
            cumulativeDelta += isBuy ? event.quantity() : -event.quantity();
        }
        if (timeNs >= startNs && timeNs < endNs) {
            suspectTime |= !isBelieved;
            revision += nowNs >= endNs + config.latenessMs() * 1_000_000L ? 1 : 0;
            trades.add(new Trade(event.price(), event.quantity(), event.tradeTraits(),
                    event.tapeKey(instrument.idsChain()), event.fills()));
        }
    }

    /**
     * Rebuilds a window of every definition that an instrument has in a journal; most have one.
     *
     * @param name {@code venue:SYMBOL}
     * @param catalogue the one that the tail restores definitions into
     */
    public static List<WindowRebuild> of(JournalTail tail, InstrumentCatalogue catalogue,
            String name, Timeframe timeframe, long timeNs, WindowConfig config) {
        List<WindowRebuild> rebuilds = new ArrayList<>();
        MarketEventHandler all = (event, sequence, endOfBatch) -> {
            if (event.kind() == EventKind.INSTRUMENT) {
                Instrument defined = catalogue.get(event.instrumentId());
                if ((defined.venue() + ':' + defined.symbol()).equals(name) && rebuilds.stream()
                        .noneMatch(known -> known.instrument.id() == defined.id())) {
                    rebuilds.add(new WindowRebuild(defined, timeframe, timeNs, config));
                }
            }
            for (WindowRebuild rebuild : rebuilds) {
                rebuild.onEvent(event, sequence, endOfBatch);
            }
        };
        new JournalReplay(catalogue, all).run(tail, () -> true);
        return rebuilds;
    }

    /** The window, or null if it has no trades. */
    public @Nullable Window window() {
        if (trades.isEmpty()) {
            return null;
        }
        // Stable: trades of one key stay in the order in which they came.
        trades.sort(Comparator.comparingLong(Trade::tapeKey));
        WindowBuilder builder = new WindowBuilder(timeframe, startNs, instrument.tick(), config);
        for (Trade trade : trades) {
            builder.add(trade.price, trade.quantity, trade.traits, trade.tapeKey, trade.fills);
        }
        return builder.closed(revision, suspectTime);
    }

    /** The window as {@link Exports} writes it: its line, then those of its rows; empty without. */
    public List<String> lines() {
        Window window = window();
        List<String> text = new ArrayList<>();
        if (window != null) {
            SnapshotInstrument shown = new SnapshotInstrument(instrument.id(), instrument.venue(),
                    instrument.symbol(), instrument.priceScale(), instrument.tick(),
                    instrument.quantityScale(), instrument.lot(), instrument.contractSize(),
                    instrument.contractUnit(), instrument.quantityUnit(), instrument.priceUnit(),
                    instrument.tick() * config.rowTicks());
            WindowLedger.Entry entry = new WindowLedger.Entry(instrument.id(), window,
                    cumulativeDelta);
            ExportRows rows = new ExportRows(ValueAreaRule.DEFAULT);
            CsvRow line = new CsvRow();
            rows.window(shown, entry, line);
            text.add(line.take());
            rows.rows(shown, entry, line, () -> text.add(line.take()));
        }
        return text;
    }

    /** Buy minus sell quantity of all trades since the journal begins, up to the window's end. */
    public long cumulativeDelta() {
        return cumulativeDelta;
    }
}
