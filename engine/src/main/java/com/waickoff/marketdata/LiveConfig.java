package com.waickoff.marketdata;

import com.waickoff.marketdata.feed.socket.LoopSettings;
import com.waickoff.marketdata.journal.DiskMarks;
import java.util.List;

/**
 * What the daemon runs with.
 *
 * @param engine the engine behind the feeds
 * @param venues whose feeds are on
 * @param loop what the feeds share
 * @param disk how much room the disk of the journal must have
 */
public record LiveConfig(EngineConfig engine, List<VenueConfig> venues, LoopSettings loop,
        DiskMarks disk) {
    /** The venues are copied. */
    public LiveConfig {
        venues = List.copyOf(venues);
    }

    /** With the default marks of the disk. */
    public LiveConfig(EngineConfig engine, List<VenueConfig> venues, LoopSettings loop) {
        this(engine, venues, loop, DiskMarks.DEFAULT);
    }
}
