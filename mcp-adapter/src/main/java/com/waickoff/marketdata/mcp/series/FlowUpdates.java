package com.waickoff.marketdata.mcp.series;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.storage.history.Cursor;
import com.waickoff.marketdata.window.Timeframe;
import java.util.List;
import java.util.stream.Stream;

/**
 * The minutes that are new or have changed since a position: those that were still open then, all
 * later ones, and earlier ones that late or repaired trades have changed.
 *
 * <pre>
 *   shown before    ├ closed ┤├ closed ┤├─ open ─┤├─ open ─┤
 *   position                            ▲
 *   given now                ├ revised ┤├ closed ┤├ closed ┤├─ open ─┤
 * </pre>
 *
 * <p>A minute stays open for some seconds after its end, so that two can be open at once. A minute
 * that had closed is given again only if it, or one of those that were revised before, was revised.
 *
 * <p>Threads: immutable.
 *
 * @param windows oldest first, each as it stands now
 * @param dropped how many older ones there are that did not fit
 * @param isNew whether anything was written since the position
 * @param isLost whether it cannot be told what is new: the position has left the snapshot, or the
 *     engine was started anew without its journal
 * @param position where the next question begins
 */
public record FlowUpdates(List<MarketWindow> windows, long dropped, boolean isNew,
        boolean isLost, Position position, Quality quality) {
    /** What updates are told in. */
    public static final Timeframe TIMEFRAME = Timeframe.M1;

    /** As long as cursors live. */
    private static final long MOST_MS = Cursor.LIFE_MS;
    /** How far back of a position revisions are noticed: as far as an engine keeps rows, by default. */
    private static final long REVISED_MS = 4 * Timeframe.H1.lengthMs();

    /**
     * How far a client has come.
     *
     * @param sequence last engine sequence that its newest minute held
     * @param fromMs start of the first minute that was open; a ms behind that of the last one if all
     *     were closed; 0 of one who has seen nothing
     * @param trades in the hours before, by which revisions are noticed
     */
    public record Position(long sequence, long fromMs, long trades) {
        /** Of one who has seen nothing. */
        public static final Position NONE = new Position(0, 0, 0);

        /** As text. */
        public String toText() {
            return sequence + ":" + fromMs + ':' + trades;
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
                        Long.parseLong(parts[2]));
            } catch (NumberFormatException | ArrayIndexOutOfBoundsException other) {
                throw new ToolFailure(ErrorCode.INVALID_ARGUMENT,
                        "cursor is not one of this tool: call without it.");
            }
        }

        /** Whether the minute it points to is still there, so that nothing behind it is missed. */
        private boolean isAmong(List<MarketWindow> minutes) {
            long startMs = TIMEFRAME.lengthMs() * Math.floorDiv(fromMs, TIMEFRAME.lengthMs());
            return fromMs == 0
                    || minutes.stream().anyMatch(minute -> minute.startMs() == startMs);
        }

        /** Where one has come who was shown these. */
        private Position after(List<MarketWindow> minutes, long newSequence) {
            long nextMs = minutes.stream().filter(minute -> !minute.isClosed()).findFirst()
                    .map(MarketWindow::startMs)
                    .orElse(minutes.isEmpty() ? fromMs : minutes.getLast().startMs() + 1);
            return new Position(newSequence, nextMs, tradesBefore(nextMs, minutes));
        }

        private static long tradesBefore(long timeMs, List<MarketWindow> minutes) {
            return minutes.stream().filter(minute -> minute.startMs() < timeMs
                    && minute.startMs() >= timeMs - REVISED_MS).mapToLong(MarketWindow::trades)
                    .sum();
        }

        /** Those of all minutes that are new to one who has come here. */
        private List<MarketWindow> news(List<MarketWindow> minutes) {
            boolean isRevised = fromMs > 0 && tradesBefore(fromMs, minutes) > trades;
            return minutes.stream().filter(minute -> minute.startMs() >= fromMs
                    || (isRevised && minute.startMs() >= fromMs - REVISED_MS
                            && minute.revision() > 0))
                    .toList();
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
            long newest = 0;
            for (SnapshotEntry definition : reader.definitions(entry.instrument().name())) {
                LiveReading.copy(() -> reader.read(definition, TIMEFRAME, flow));
                newest = Math.max(newest, flow.sequence());
            }
            return newest;
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
        boolean isNew = sequence != since.sequence;
        List<MarketWindow> minutes = isNew ? minutes(market, live, since) : List.of();
        boolean isLost = sequence < since.sequence || (isNew && !since.isAmong(minutes));
        List<MarketWindow> news = since.news(minutes);
        int dropped = Math.max(0, news.size() - most);
        List<MarketWindow> shown = news.subList(dropped, news.size());
        long fromMs = shown.isEmpty() ? since.fromMs : shown.getFirst().startMs();
        long toMs = shown.isEmpty() ? fromMs + TIMEFRAME.lengthMs() : shown.getLast().endMs();
        int revision = shown.stream().mapToInt(MarketWindow::revision).max().orElse(0);
        return new FlowUpdates(shown, since.equals(Position.NONE) ? 0 : dropped, isNew, isLost,
                isNew ? since.after(minutes, sequence) : since,
                Quality.of(live, live.coverage().stamp(fromMs, toMs, false), revision));
    }

    /** All minutes from a position on, and those before it that could be revised. */
    private static List<MarketWindow> minutes(Market market, LiveReading live, Position since)
            throws ToolFailure {
        List<MarketWindow> shown = Stream.concat(
                market.former(live.instrument(), TIMEFRAME).stream(), Stream.of(live))
                .flatMap(of -> of.shown().stream()).toList();
        long newestMs = shown.stream().mapToLong(MarketWindow::startMs).max().orElse(0);
        long fromMs = Math.max(0, Math.max(since.fromMs, newestMs - MOST_MS) - REVISED_MS);
        List<MarketWindow> kept = market.snapshot().windows(live.instrument().name(), TIMEFRAME,
                market.snapshot().range(fromMs, Long.MAX_VALUE, Integer.MAX_VALUE), false)
                .items().stream().map(closed -> MarketWindow.of(closed, false)).toList();
        return MarketWindow.joined(kept, shown).stream()
                .filter(minute -> minute.startMs() >= fromMs).toList();
    }
}
