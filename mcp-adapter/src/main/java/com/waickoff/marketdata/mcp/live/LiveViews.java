package com.waickoff.marketdata.mcp.live;

import com.waickoff.marketdata.snapshot.DepthView;
import com.waickoff.marketdata.snapshot.FlowView;
import com.waickoff.marketdata.snapshot.ProfileView;

/**
 * What {@link LiveReading} copies into before it takes what it needs: too large to be made anew for
 * each question. They are {@link EngineDoor}'s, and only meant for whoever looks through it.
 *
 * <p>Threads: one at a time.
 */
public final class LiveViews {
    final ProfileView profile = new ProfileView();
    final FlowView flow = new FlowView();
    final DepthView depth = new DepthView();

    LiveViews() {}
}
