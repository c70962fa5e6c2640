package com.waickoff.marketdata.architecture.planted.feed.bybit;

import io.netty.buffer.ByteBuf;

/** Broken: venues are free of Netty. */
public interface SpeaksNetty {
    void frame(ByteBuf frame);
}
