package com.waickoff.marketdata.architecture.planted.feed.socket;

import io.netty.channel.Channel;

/** Allowed: Netty lives in one room of the feed. */
public interface SpeaksNetty {
    void connected(Channel channel);
}
