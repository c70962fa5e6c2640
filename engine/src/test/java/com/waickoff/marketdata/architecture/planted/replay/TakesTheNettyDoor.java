package com.waickoff.marketdata.architecture.planted.replay;

import com.waickoff.marketdata.architecture.planted.feed.socket.SpeaksNetty;

/** Broken: replay may know the feed, but not its Netty side. */
public interface TakesTheNettyDoor {
    SpeaksNetty door();
}
