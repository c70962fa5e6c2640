package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.List;

/**
 * The minutes that are new or have changed since a position.
 *
 * <p>Threads: immutable.
 *
 * @param windows oldest first, each as it stands now
 * @param dropped how many older ones there are that did not fit
 * @param isNew whether anything was written since the position
 * @param wentBack whether the engine is behind the position: it was started anew without its journal
 * @param position where the next question begins
 */
public record FlowUpdates(List<MarketWindow> windows, long dropped, boolean isNew,
        boolean wentBack, Position position, Quality quality) {
    /** What updates are told in. */
    public static final Timeframe TIMEFRAME = Timeframe.M1;

    /**
     * How far a client has come.
     *
     * @param sequence last engine sequence that its newest minute held
     * @param startMs of the newest minute that it was shown; negative for none
     * @param wasClosed whether that minute was closed then
     */
    public record Position(long sequence, long startMs, boolean wasClosed) {
        /** Of one who has seen nothing. */
        public static final Position NONE = new Position(0, -1, false);

        /** As text. */
        public String toText() {
            return sequence + ":" + startMs + ':' + (wasClosed ? 1 : 0);
        }

        /**
         * Reads what {@link #toText} wrote.
         *
         * @throws ToolFailure if it is something else
         */
        public static Position parse(String text) throws ToolFailure {
            String[] parts = text.split(":", -1);
            try {
                return new Position(Long.parseLong(parts[0]), Long.parseLong(parts[1]),
                        parts[2].equals("1"));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException other) {
                throw new ToolFailure(ErrorCode.INVALID_ARGUMENT,
                        "cursor is not one of this tool: call without it.");
            }
        }
    }

    /** The list is copied. */
    public FlowUpdates {
        windows = List.copyOf(windows);
    }

    /**
     * The full name of the instrument that is meant.
     *
     * @throws ToolFailure if the engine is away, or knows no such instrument
     */
    public static String name(Market market, String given) throws ToolFailure {
        return market.look(given, (reader, entry, nowMs) -> entry.instrument().name());
    }

    /**
     * A number that changes when updates are there: the last engine sequence that they hold.
     *
     * @throws ToolFailure if the engine is away
     */
    public static long sequence(Market market, String name) throws ToolFailure {
        return market.look(name, (reader, entry, nowMs) -> {
            FlowView flow = new FlowView();
            LiveReading.copy(() -> reader.read(entry, TIMEFRAME, flow));
            return flow.sequence();
        });
    }

    /**
     * What is new.
     *
     * @param most newest minutes that are given
     * @throws ToolFailure if the engine is away
     */
    public static FlowUpdates since(Market market, String name, Position since, int most)
            throws ToolFailure {
        // Before the windows: what is written meanwhile counts as new the next time.
        long sequence = sequence(market, name);
        LiveReading live = market.live(name, TIMEFRAME);
        Instrument instrument = live.instrument();
        boolean isNew = sequence != since.sequence;
        List<MarketWindow> windows = isNew && sequence > since.sequence
                ? minutes(market, instrument, live, since)
                : List.of();
        int dropped = Math.max(0, windows.size() - most);
        List<MarketWindow> shown = windows.subList(dropped, windows.size());
        Position position = shown.isEmpty() ? new Position(sequence, since.startMs,
                since.wasClosed)
                : new Position(sequence, shown.getLast().startMs(), shown.getLast().isClosed());
        long fromMs = shown.isEmpty() ? Math.max(0, since.startMs) : shown.getFirst().startMs();
        long toMs = shown.isEmpty() ? fromMs + TIMEFRAME.lengthMs() : shown.getLast().endMs();
        int revision = shown.stream().mapToInt(MarketWindow::revision).max().orElse(0);
        return new FlowUpdates(shown, since.equals(Position.NONE) ? 0 : dropped, isNew,
                sequence < since.sequence, position,
                Quality.of(live, live.coverage().stamp(fromMs, toMs, false), revision));
    }

    /** Closed minutes that were not shown, or not as closed, and those that are open. */
    private static List<MarketWindow> minutes(Market market, Instrument instrument,
            LiveReading live, Position since) throws ToolFailure {
        long fromMs = Math.max(0, since.wasClosed ? since.startMs + 1 : since.startMs);
        List<MarketWindow> minutes = new ArrayList<>();
        for (HistoryWindow closed : market.snapshot().windows(instrument.name(), TIMEFRAME,
                market.snapshot().range(fromMs, Long.MAX_VALUE, Integer.MAX_VALUE), false)
                .items()) {
            minutes.add(MarketWindow.of(closed, false));
        }
        long lastMs = minutes.isEmpty() ? -1 : minutes.getLast().startMs();
        Market.open(live).stream().filter(
                window -> window.startMs() >= fromMs && window.startMs() > lastMs)
                .forEach(minutes::add);
        return minutes;
    }
}
