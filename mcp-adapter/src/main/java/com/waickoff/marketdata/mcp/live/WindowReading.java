package com.waickoff.marketdata.mcp.live;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.snapshot.CoverageStamp;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.ProfileView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.snapshot.WindowView;
import com.waickoff.marketdata.window.Timeframe;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The newest window of an instrument, copied, and what it is worth.
 *
 * @param instrument whose it is
 * @param window bar and rows
 * @param cumulativeDelta at the end of the window; null if it is not known
 * @param liveness who keeps it up to date
 * @param stamp how complete it is
 * @param bookState what the instrument's book is worth
 * @param asOfMs when anything of the instrument was last received; 0 for never
 * @param ageMs how long ago that was
 * @param sequence last engine sequence the window holds
 */
public record WindowReading(SnapshotInstrument instrument, WindowView window,
        @Nullable Long cumulativeDelta, Liveness liveness, CoverageStamp stamp, String bookState,
        long asOfMs, long ageMs, long sequence) {
    private static final long NS_PER_MS = 1_000_000L;
    /** Each attempt is itself a bounded number of copies. */
    private static final int ATTEMPTS = 50;
    private static final long PAUSE_NS = 20_000;

    /**
     * Reads the window that started last.
     *
     * @throws ToolFailure if there is no such instrument, nothing was traded, or the engine wrote
     *     each time
     */
    public static WindowReading newest(SnapshotReader reader, SnapshotEntry entry,
            Timeframe timeframe, long nowMs) throws ToolFailure {
        ProfileView profile = new ProfileView();
        FlowView flow = new FlowView();
        CoverageView coverage = new CoverageView();
        DepthView depth = new DepthView();
        copy(() -> reader.read(entry, timeframe, profile)
                && reader.read(entry, timeframe, flow) && reader.read(entry, coverage)
                && reader.read(entry, depth));
        String name = entry.instrument().name();
        WindowView window = profile.newest();
        if (!window.isPresent()) {
            throw new ToolFailure(ErrorCode.NO_DATA, "no trade of " + name + " yet, so there is no "
                    + timeframe.label() + " window. Ask again later, or call list_instruments for "
                    + "those with live data.");
        }
        return new WindowReading(entry.instrument(), window,
                cumulativeDelta(flow, window.startMs()),
                Liveness.of(reader, nowMs, window, coverage), coverage.stamp(window),
                depth.state().label(), coverage.lastReceiveTimeNs() / NS_PER_MS,
                coverage.ageMs(nowMs), profile.sequence());
    }

    /** What an instrument's tape is worth now. */
    public static CoverageView coverage(SnapshotReader reader, SnapshotEntry entry)
            throws ToolFailure {
        CoverageView coverage = new CoverageView();
        copy(() -> reader.read(entry, coverage));
        return coverage;
    }

    @FunctionalInterface
    private interface Copy {
        boolean isWhole();
    }

    private static void copy(Copy copy) throws ToolFailure {
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

    private static @Nullable Long cumulativeDelta(FlowView flow, long startMs) {
        for (FlowView.Slot slot : List.of(flow.newest(), flow.older())) {
            if (slot.isPresent() && slot.startMs() == startMs) {
                return slot.cumulativeDelta();
            }
        }
        return null;
    }
}
