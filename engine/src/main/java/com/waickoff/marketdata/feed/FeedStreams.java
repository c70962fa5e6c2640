package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Counter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The streams of a feed: asked for, answered, watched, and what is declared of one that is not there.
 *
 * <p>Threads: the feed thread.
 *
 * @param <I> what the venue keeps of an instrument
 */
final class FeedStreams<I extends InstrumentFeed> implements Subscriptions.Listener {
    private static final int MOST_WORDS = 256;

    private final VenueFeed<I> feed;
    private final StreamLanguage language;
    private final FeedNotices notices;
    private final Subscriptions subscriptions;
    private final StreamWatch<I> watch;
    private final CheckStreams checks;

    FeedStreams(VenueFeed<I> feed, StreamLanguage language, FeedPorts ports) {
        this.feed = feed;
        this.language = language;
        this.notices = ports.notices();
        this.subscriptions = new Subscriptions(language, ports.transport(), ports.counters(), this,
                feed.venue().code().hashCode());
        this.checks = new CheckStreams(language, ports.transport());
        this.watch = new StreamWatch<>(feed, this, language, ports.counters());
    }

    void settings(StreamSettings settings) {
        watch.settings(settings);
    }

    private long nowNs() {
        return feed.events.receiveTimeNs();
    }

    /** Asks on a new link for all streams of its line. */
    void connected(int link) {
        subscribe(link, feed.instruments);
    }

    /** Asks on a link for those streams of instruments that are on its line. */
    void subscribe(int link, List<I> wanted) {
        int line = VenueProtocol.lineOf(link);
        for (int i = 0; i < wanted.size(); i++) {
            I instrument = wanted.get(i);
            if (instrument.isSuspended()) {
                continue;
            }
            if (instrument.tapeLine == line) {
                subscriptions.want(link, instrument.tape, nowNs());
            }
            if (instrument.bookLine == line) {
                subscriptions.want(link, instrument.book, nowNs());
                feed.bookAsked(link, instrument);
            }
        }
        subscriptions.ask(nowNs());
        checks.ask(link, true, wanted);
    }

    /** Ends on a link those streams of an instrument that are on its line: it is not traded. */
    void unsubscribe(int link, I instrument) {
        int line = VenueProtocol.lineOf(link);
        subscriptions.end(link, instrument.tapeLine != line ? List.of(instrument.book)
                : instrument.bookLine != line ? List.of(instrument.tape)
                        : List.of(instrument.tape, instrument.book),
                nowNs());
        if (instrument.bookLine == line) {
            feed.bookEnded(instrument);
        }
        checks.ask(link, false, List.of(instrument));
    }

    /** Ends a stream and asks for it anew. */
    void renew(int link, StreamState stream) {
        subscriptions.renew(link, stream, nowNs());
    }

    void disconnected(int link) {
        int line = VenueProtocol.lineOf(link);
        for (int i = 0; i < feed.instruments.size(); i++) {
            I instrument = feed.instruments.get(i);
            if (instrument.tapeLine == line) {
                instrument.tape.forget(link);
            }
            if (instrument.bookLine == line) {
                instrument.book.forget(link);
            }
        }
        subscriptions.ended(link, nowNs());
    }

    boolean isReady(int link) {
        return subscriptions.isReady(link);
    }

    void timePassed() {
        subscriptions.timePassed(nowNs());
        watch.timePassed(feed.instruments, feed.lines(), nowNs());
    }

    void accepted(long requestId) {
        subscriptions.acked(requestId, nowNs());
    }

    /** A request was refused. @return what to say of it; empty if it is as good as accepted */
    String refused(long requestId, long words, int length) {
        String text = words == 0 ? ""
                : Ascii.text(words, Math.min(length, MOST_WORDS)).replaceAll("\\p{Cntrl}", " ");
        return subscriptions.refused(requestId, text, nowNs());
    }

    /**
     * Takes what REST says of the newest trade.
     *
     * @param known our newest trade, by the same measure
     * @return what is wrong with it, or null
     */
    @Nullable
    String newestTrade(I instrument, long address, int length, long known) {
        long newest = language.newest(address, length);
        if (newest == StreamLanguage.UNREADABLE) {
            watch.unanswered(0, nowNs());
            return "the newest trade cannot be read";
        }
        watch.answered(instrument, newest, known, nowNs());
        return null;
    }

    /** A REST request has failed. */
    void restFailed(boolean isOurs, int status) {
        if (isOurs) {
            watch.unanswered(status, nowNs());
        } else {
            watch.restFailed(status, nowNs());
        }
    }

    /** A tape that is refused is not up, whatever the book says. */
    @Override
    public void refused(int link, StreamState stream) {
        for (int i = 0; stream.isTape && !feed.isUp(link ^ 1) && i < feed.instruments.size(); i++) {
            if (feed.instruments.get(i).tape == stream) {
                feed.tapeSilent(feed.instruments.get(i), Reason.STREAM_SILENT);
            }
        }
    }

    @Override
    public void complain(Counter kind, String what) {
        notices.onError(kind.label(), what);
    }

    /** A book delivers nothing. */
    void bookSilent(I instrument) {
        feed.events.bookDown(instrument, Reason.STREAM_SILENT);
        feed.bookEnded(instrument);
    }

    /** A line delivers nothing at all. */
    void lineSilent(int line) {
        for (int i = 0; i < feed.instruments.size(); i++) {
            I instrument = feed.instruments.get(i);
            if (instrument.tapeLine == line && instrument.isUp) {
                feed.counters.increment(Counter.STREAMS_DEAD);
                feed.tapeSilent(instrument, Reason.STREAM_SILENT);
            }
            if (instrument.bookLine == line && instrument.isBookReady) {
                feed.counters.increment(Counter.STREAMS_DEAD);
                bookSilent(instrument);
            }
        }
    }
}
