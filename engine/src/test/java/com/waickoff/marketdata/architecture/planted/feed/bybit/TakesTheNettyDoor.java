package com.waickoff.marketdata.architecture.planted.feed.bybit;

import com.waickoff.marketdata.architecture.planted.feed.socket.SpeaksNetty;

/** Broken: a venue asks through its transport, and does not know what carries it. */
public interface TakesTheNettyDoor {
    SpeaksNetty door();
}
