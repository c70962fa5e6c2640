package com.waickoff.marketdata;

import com.waickoff.marketdata.feed.socket.LoopSettings;
import java.util.List;

/**
 * What the daemon runs with.
 *
 * @param engine the engine behind the feeds
 * @param venues whose feeds are on
 * @param loop what the feeds share
 */
public record LiveConfig(EngineConfig engine, List<VenueConfig> venues, LoopSettings loop) {
    /** The venues are copied. */
    public LiveConfig {
        venues = List.copyOf(venues);
    }
}
