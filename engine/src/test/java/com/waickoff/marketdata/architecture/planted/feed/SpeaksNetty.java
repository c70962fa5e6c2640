package com.waickoff.marketdata.architecture.planted.feed;

import io.netty.channel.Channel;

/** Allowed: Netty lives in the feed. */
public interface SpeaksNetty {
    void connected(Channel channel);
}
