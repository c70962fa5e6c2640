package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.feed.InstrumentRefresh.Collected;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a feed asks its venue besides market data: what it lists, and what time it is there.
 *
 * <p>Threads: the feed thread.
 */
final class VenueMetadata {
    private final MetadataDialect dialect;
    private final VenueTransport transport;
    private final FeedNotices notices;
    private final InstrumentRefresh refresh;
    private final ClockProbe clock;
    private @Nullable String problem;

    VenueMetadata(MetadataDialect dialect, InstrumentWishes wishes, FeedPorts ports,
            Collected collected) {
        this.dialect = dialect;
        this.transport = ports.transport();
        this.notices = ports.notices();
        this.refresh = new InstrumentRefresh(dialect, wishes, transport, notices, collected);
        this.clock = new ClockProbe(wishes.clockNs());
    }

    /** Takes these symbols as listed when the journal ended. */
    void recalled(List<String> symbols) {
        refresh.recalled(symbols);
    }

    /** What of the venue's list is waited for, for people; may be empty. */
    String waitsFor() {
        return refresh.waitsFor();
    }

    /** Asks for what is due. */
    void timePassed(long nowNs) {
        refresh.timePassed(nowNs);
        if (clock.isDue(nowNs)) {
            transport.httpGet(dialect.timePath());
        }
    }

    /** Something does not fit its definition. */
    void hasten(long nowNs) {
        refresh.hasten(nowNs);
    }

    /** No connection is left, and requests that waited are forgotten. */
    void forgetAsked(long nowNs) {
        refresh.forgetAsked(nowNs);
        clock.failed();
    }

    /** Whether an answer is for {@link #answered}. */
    boolean isRequest(String url) {
        return refresh.isRequest(url) || dialect.isTime(url);
    }

    /**
     * Takes an answer, a little at a time.
     *
     * @return whether there is more of it
     */
    boolean answered(String url, long address, int length, long nowNs) {
        if (!dialect.isTime(url)) {
            boolean isMore = refresh.answered(url, address, length, nowNs);
            problem = refresh.problem();
            return isMore;
        }
        long venueNs = dialect.readTime(address, length);
        if (clock.take(venueNs, transport.roundTripNs(), nowNs)) {
            notices.onClock(clock.offsetNs(), clock.roundTripNs(), nowNs);
        }
        problem = venueNs > 0 ? null : "time of the venue without a number";
        return false;
    }

    /** What was wrong with the last answer, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    /** A request came to nothing. */
    void unanswered(String url, int status, long nowNs) {
        if (dialect.isTime(url)) {
            clock.failed();
        } else {
            refresh.unanswered(url, status, nowNs);
        }
    }
}
