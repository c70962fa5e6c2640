package com.waickoff.marketdata;

import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.status.DiskLevel;
import java.util.List;

/**
 * Says in the journal that book levels are left out of it while the disk has too little room, and
 * when they no longer are. Books are then asked for anew: a replay, too, can follow them from there.
 *
 * <p>Threads: the feed thread.
 */
final class DepthPause {
    private final Engine engine;
    private final List<VenueProtocol> protocols;
    private boolean isDeclared;

    /**
     * What has been declared is what the journal says.
     *
     * @param protocols of the feeds, which may still be added to it
     */
    DepthPause(Engine engine, List<VenueProtocol> protocols) {
        this.engine = engine;
        this.protocols = protocols;
        isDeclared = engine.isDepthPaused();
    }

    /** Declares what follows from the room on the disk, if it is not declared already. */
    void follow(DiskLevel level, long nowNs) {
        boolean isWanted = level != DiskLevel.ENOUGH;
        if (isWanted == isDeclared) {
            return;
        }
        isDeclared = isWanted;
        if (isWanted) {
            engine.pauseDepth(nowNs);
        } else {
            engine.resumeDepth(nowNs);
            for (VenueProtocol protocol : protocols) {
                for (int line = 0; line < protocol.lines(); line++) {
                    protocol.renewBooks(line, nowNs);
                }
            }
            engine.sink().endOfRead();
        }
    }
}
