package com.waickoff.marketdata.mcp.live;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.market.MarketWindow;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.ProfileView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the engine shows of an instrument and a timeframe now, copied, and what it is worth.
 *
 * @param instrument whose it is
 * @param shown the newest windows, at most two, the newest first; open, or not yet replaced
 * @param liveness who keeps them up to date
 * @param coverage where trades may be missing
 * @param bookState what the instrument's book is worth
 * @param asOfMs when anything of the instrument was last received; 0 for never
 * @param ageMs how long ago that was
 * @param sequence last engine sequence the windows hold
 */
public record LiveReading(Instrument instrument, List<MarketWindow> shown, Liveness liveness,
        CoverageView coverage, String bookState, long asOfMs, long ageMs, long sequence) {
    private static final long NS_PER_MS = 1_000_000L;
    /** Each attempt is itself a bounded number of copies. */
    private static final int ATTEMPTS = 50;
    private static final int MATCHING_ATTEMPTS = 3;
    private static final long PAUSE_NS = 20_000;

    /** The list is copied. */
    public LiveReading {
        shown = List.copyOf(shown);
    }

    /**
     * Reads the windows that started last.
     *
     * @param views those of the door that is looked through
     * @throws ToolFailure if the engine wrote each time
     */
    public static LiveReading of(SnapshotReader reader, SnapshotEntry entry, Timeframe timeframe,
            long nowMs, LiveViews views) throws ToolFailure {
        ProfileView profile = views.profile;
        FlowView flow = views.flow;
        DepthView depth = views.depth;
        CoverageView coverage = new CoverageView();
        copy(() -> reader.read(entry, timeframe, profile)
                && reader.read(entry, timeframe, flow) && reader.read(entry, coverage)
                && reader.read(entry, depth));
        for (int attempt = 0; attempt < MATCHING_ATTEMPTS
                && profile.newest().startMs() != flow.newest().startMs(); attempt++) {
            // A window began between the two copies.
            copy(() -> reader.read(entry, timeframe, profile)
                    && reader.read(entry, timeframe, flow));
        }
        Instrument instrument = Instrument.of(entry.instrument());
        List<MarketWindow> shown = new ArrayList<>();
        for (WindowView window : List.of(profile.newest(), profile.older())) {
            if (window.isPresent()) {
                shown.add(MarketWindow.of(window, entry.instrument(),
                        cumulativeDelta(flow, window), coverage.stamp(window)));
            }
        }
        return new LiveReading(instrument, shown,
                Liveness.of(reader, nowMs, profile.newest(), coverage), coverage,
                depth.state().label(), coverage.lastReceiveTimeNs() / NS_PER_MS,
                coverage.ageMs(nowMs), profile.sequence());
    }

    /**
     * The window that started last.
     *
     * @throws ToolFailure if nothing was traded yet
     */
    public MarketWindow newest() throws ToolFailure {
        if (shown.isEmpty()) {
            throw new ToolFailure(ErrorCode.NO_DATA, "no trade of " + instrument.name() + " yet."
                    + " Ask again later, or call list_instruments for those with live data.");
        }
        return shown.getFirst();
    }

    /** What an instrument's tape is worth now. */
    public static CoverageView coverage(SnapshotReader reader, SnapshotEntry entry)
            throws ToolFailure {
        CoverageView coverage = new CoverageView();
        copy(() -> reader.read(entry, coverage));
        return coverage;
    }

    /** A copy that may meet a write. */
    @FunctionalInterface
    public interface Copy {
        /** Whether it met none. */
        boolean isWhole();
    }

    /**
     * Copies until a copy is whole.
     *
     * @throws ToolFailure if the engine wrote each time
     */
    public static void copy(Copy copy) throws ToolFailure {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (copy.isWhole()) {
                return;
            }
            // On one core the writer would otherwise never get to the end of its write.
            LockSupport.parkNanos(PAUSE_NS);
        }
        throw new ToolFailure(ErrorCode.BUSY,
                "the engine wrote each time the numbers were read. Call again.");
    }

    /**
     * The delta of all windows before, as the flow has it, and of this one: the two are copied one
     * after the other, and the window may have grown in between.
     */
    private static @Nullable Long cumulativeDelta(FlowView flow, WindowView window) {
        for (FlowView.Slot slot : List.of(flow.newest(), flow.older())) {
            if (slot.isPresent() && slot.startMs() == window.startMs()) {
                return slot.cumulativeDelta() - slot.delta() + 2 * window.buyVolume()
                        - window.volume();
            }
        }
        return null;
    }
}
