package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.status.CounterBlock;

/**
 * What a venue's feed is connected to.
 *
 * @param sink where events go
 * @param catalogue where definitions get their ids
 * @param chains the last trade id of each instrument, seeded before the first frame
 * @param clock shared by all feeds of the sink
 * @param transport where requests go
 * @param counters of this feed alone
 * @param rejections hears of what could not be used
 * @param notices hears of what people should know
 * @param books tells what is shown of the books that the feed makes
 */
public record FeedPorts(EventSink sink, InstrumentCatalogue catalogue, TradeChains chains,
        FeedClock clock, VenueTransport transport, CounterBlock counters,
        FrameRejections rejections, FeedNotices notices, BookView books) {
    /** A feed whose books nobody holds against anything. */
    public FeedPorts(EventSink sink, InstrumentCatalogue catalogue, TradeChains chains,
            FeedClock clock, VenueTransport transport, CounterBlock counters,
            FrameRejections rejections, FeedNotices notices) {
        this(sink, catalogue, chains, clock, transport, counters, rejections, notices,
                BookView.NOTHING);
    }

    /** A feed whose notices nobody hears: a replay's. */
    public FeedPorts(EventSink sink, InstrumentCatalogue catalogue, TradeChains chains,
            FeedClock clock, VenueTransport transport, CounterBlock counters,
            FrameRejections rejections) {
        this(sink, catalogue, chains, clock, transport, counters, rejections,
                FeedNotices.UNHEARD);
    }
}
