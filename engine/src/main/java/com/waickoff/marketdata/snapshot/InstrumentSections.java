package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.snapshot.SnapshotLayout.Kind;
import com.waickoff.marketdata.window.Timeframe;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.AtomicBuffer;

/** The sections of one instrument, each for the one study that writes it. */
public final class InstrumentSections {
    private final SnapshotInstrument instrument;
    private final List<ProfileSection> profiles = new ArrayList<>();
    private final List<FlowSection> flows = new ArrayList<>();
    private final List<BarsSection> bars = new ArrayList<>();
    private final List<RowsSection> rows = new ArrayList<>();
    private final DepthSection depth;
    private final List<DepthBarsSection> depthBars = new ArrayList<>();
    private final WallsSection walls;
    private final CoverageSection coverage;
    private final SignalsSection signals;

    InstrumentSections(AtomicBuffer buffer, SnapshotLayout layout, int place,
            SnapshotInstrument instrument) {
        this.instrument = instrument;
        for (Timeframe timeframe : Timeframe.ALL) {
            int index = timeframe.ordinal();
            profiles.add(new ProfileSection(buffer,
                    layout.sectionOffset(place, Kind.PROFILE, index), timeframe, layout.config()));
            flows.add(new FlowSection(buffer, layout.sectionOffset(place, Kind.FLOW, index),
                    timeframe));
            bars.add(new BarsSection(buffer, layout.sectionOffset(place, Kind.BARS, index),
                    timeframe, layout.config().history().bars(timeframe)));
            rows.add(new RowsSection(buffer, layout.sectionOffset(place, Kind.ROWS, index),
                    timeframe, layout.config().history().rowBytes(), instrument.lot()));
            depthBars.add(new DepthBarsSection(buffer,
                    layout.sectionOffset(place, Kind.DEPTH_BARS, index), timeframe,
                    layout.config()));
        }
        depth = new DepthSection(buffer, layout.sectionOffset(place, Kind.DEPTH, 0),
                layout.config());
        walls = new WallsSection(buffer, layout.sectionOffset(place, Kind.WALLS, 0));
        coverage = new CoverageSection(buffer, layout.sectionOffset(place, Kind.COVERAGE, 0),
                layout.config());
        signals = new SignalsSection(buffer, layout.sectionOffset(place, Kind.SIGNALS, 0),
                layout.config());
    }

    /** Whose sections these are. */
    public SnapshotInstrument instrument() {
        return instrument;
    }

    /** Bars and rows of a timeframe. */
    public ProfileSection profile(Timeframe timeframe) {
        return profiles.get(timeframe.ordinal());
    }

    /** Order flow of a timeframe. */
    public FlowSection flow(Timeframe timeframe) {
        return flows.get(timeframe.ordinal());
    }

    /** Closed bars of a timeframe. */
    public BarsSection bars(Timeframe timeframe) {
        return bars.get(timeframe.ordinal());
    }

    /** Rows of closed windows of a timeframe. */
    public RowsSection rows(Timeframe timeframe) {
        return rows.get(timeframe.ordinal());
    }

    /** The book. */
    public DepthSection depth() {
        return depth;
    }

    /** What the book was like in the windows of a timeframe. */
    public DepthBarsSection depthBars(Timeframe timeframe) {
        return depthBars.get(timeframe.ordinal());
    }

    /** The walls of the book. */
    public WallsSection walls() {
        return walls;
    }

    /** How complete the tape is. */
    public CoverageSection coverage() {
        return coverage;
    }

    /** The last signals. */
    public SignalsSection signals() {
        return signals;
    }

    void handOver() {
        profiles.forEach(ProfileSection::handOver);
        flows.forEach(FlowSection::handOver);
        bars.forEach(BarsSection::handOver);
        rows.forEach(RowsSection::handOver);
        depth.handOver();
        depthBars.forEach(DepthBarsSection::handOver);
        walls.handOver();
        coverage.handOver();
        signals.handOver();
    }
}
