package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells a quiet market from a stream that is dead though its connection lives: a subscription that
 * was acknowledged and delivers nothing, now or ever.
 *
 * <pre>
 *   book   silent for 10 s while trades of the instrument go on                         ─► dead
 *   tape   silent for 30 s ─► REST: no trade newer than ours ─► quiet: asked at doubled distances
 *                          └► newer ─► 3 s later still newer, and still silent          ─► dead
 *          without any trade since it was asked for: the first answer is what later ones are compared
 *          with, because the clocks of venue and machine cannot be
 *   line   all silent for 10 s ─► the tape that was heard last is asked about at once
 *
 *   dead   declared (FEED_DOWN, BOOK_RESET), and asked for anew alone; dead again soon: the line is
 *          renewed; with nothing heard on its line at all: all of it is declared, the line renewed
 * </pre>
 *
 * <p>While a line has two links nothing is judged: it is being renewed. A remedy that does not help
 * is repeated at growing distances.
 *
 * <p>Every call does bounded work: some instruments in turn. Nothing is allocated unless a venue is
 * asked or something is wrong. Threads: the feed thread.
 *
 * @param <I> what the venue keeps of an instrument
 */
final class StreamWatch<I extends InstrumentFeed> {
    /** Instruments looked at in one call: a thousand take less than two seconds. */
    static final int VISITS = 64;
    /** Trade frames that show that a market goes on whose book is silent. */
    static final int SIBLING_MOVES = 3;
    /** Who dies again so soon is not helped by a new subscription. */
    static final long SOON_NS = 60_000_000_000L;
    /** After so long a death is history. */
    private static final long FORGIVEN_NS = 600_000_000_000L;
    /** Questions that are not answered. */
    private static final int MOST_OUTSTANDING = 2;
    private static final long ANSWER_NS = 30_000_000_000L;
    /** How long REST is left alone after a failure, and after it said that it was asked too much. */
    private static final long FAILED_NS = 10_000_000_000L;
    private static final long HELD_BACK_NS = 60_000_000_000L;
    private static final int MOST_DOUBLINGS = 5;
    private static final int FORBIDDEN = 403;
    private static final int BANNED = 418;
    private static final int TOO_MANY = 429;

    private final VenueFeed<I> feed;
    private final FeedStreams<I> streams;
    private final StreamLanguage language;
    private final CounterBlock counters;
    private StreamSettings settings = StreamSettings.DEFAULT;
    private int turn;
    private int outstanding;
    private long askedNs; // the last question
    private long nextAskNs;
    private final long[] lineDataNs = new long[VenueProtocol.MOST_LINES];
    private final long[] lineDueNs = new long[VenueProtocol.MOST_LINES];
    private final long[] lineWaitNs = new long[VenueProtocol.MOST_LINES];

    StreamWatch(VenueFeed<I> feed, FeedStreams<I> streams, StreamLanguage language,
            CounterBlock counters) {
        this.feed = feed;
        this.streams = streams;
        this.language = language;
        this.counters = counters;
    }

    void settings(StreamSettings newSettings) {
        settings = newSettings;
    }

    /** Looks at some instruments, and at all lines. */
    void timePassed(List<I> instruments, int lines, long nowNs) {
        if (outstanding != 0 && nowNs - askedNs >= ANSWER_NS) {
            outstanding = 0; // lost; who still waits for an answer is looked at again
        }
        for (int line = 0; line < lines; line++) {
            visitLine(line, instruments, nowNs);
        }
        int visits = Math.min(VISITS, instruments.size());
        for (int i = 0; i < visits; i++) {
            turn = turn + 1 < instruments.size() ? turn + 1 : 0;
            I instrument = instruments.get(turn);
            visitTape(instrument, nowNs);
            visitBook(instrument, nowNs);
        }
    }

    /** The only link of a line, if its stream can be judged there. */
    private int judgedLink(int line, StreamState stream) {
        int link = feed.linkOf(line);
        boolean isJudged = link != VenueFeed.NO_LINK && !feed.isUp(link ^ 1)
                && !stream.isPending(link)
                && (stream.ackedNs(link) != 0 || stream.heardNs(link) != 0);
        return isJudged ? link : VenueFeed.NO_LINK;
    }

    private void visitBook(I instrument, long nowNs) {
        StreamState book = instrument.book;
        StreamState tape = instrument.tape;
        int link = judgedLink(instrument.bookLine, book);
        int tapeLink = feed.linkOf(instrument.tapeLine);
        if (link == VenueFeed.NO_LINK || tapeLink == VenueFeed.NO_LINK) {
            return;
        }
        long lifeNs = Math.max(book.heardNs(link), book.ackedNs(link));
        long tapeNs = tape.heardNs(tapeLink);
        if (lifeNs != book.lifeNs) {
            alive(book, lifeNs, settings.bookSilenceNs());
            book.siblingMoves = 0;
            book.siblingNs = tapeNs;
        } else if (tapeNs > book.siblingNs && tapeNs > lifeNs) {
            book.siblingNs = tapeNs;
            book.siblingMoves++;
        }
        if (nowNs >= book.dueNs && book.siblingMoves >= SIBLING_MOVES) {
            bookDied(instrument, link, nowNs);
        }
    }

    private void visitTape(I instrument, long nowNs) {
        StreamState tape = instrument.tape;
        int link = judgedLink(instrument.tapeLine, tape);
        if (link == VenueFeed.NO_LINK || !instrument.isTraded()) {
            return;
        }
        long heardNs = tape.heardNs(link);
        long lifeNs = Math.max(heardNs, tape.ackedNs(link));
        if (lifeNs != tape.lifeNs) {
            alive(tape, lifeNs, settings.tapeSilenceNs());
            if (heardNs == 0) {
                tape.reference = StreamLanguage.NO_TRADE;
                tape.dueNs = lifeNs + settings.tapeSilenceNs() / 3; // to have something to compare
            }
        }
        if (nowNs >= tape.dueNs) {
            ask(instrument, nowNs);
        }
    }

    private void alive(StreamState stream, long lifeNs, long silenceNs) {
        if (stream.diedNs != 0 && lifeNs - stream.diedNs >= FORGIVEN_NS) {
            stream.deaths = 0;
            stream.diedNs = 0;
        }
        stream.lifeNs = lifeNs;
        stream.stage = StreamState.WATCHED;
        stream.waitNs = patienceNs(stream, silenceNs);
        stream.dueNs = lifeNs + stream.waitNs;
    }

    /** Who has died twice is given twice the time, so that a remedy is not tried for ever. */
    private long patienceNs(StreamState stream, long silenceNs) {
        int doublings = Math.clamp(stream.deaths - 1L, 0, MOST_DOUBLINGS);
        return Math.min(Math.max(silenceNs, settings.longestNs()), silenceNs << doublings);
    }

    /** A line on which nothing comes may be dead as a whole. */
    private void visitLine(int line, List<I> instruments, long nowNs) {
        int link = feed.linkOf(line);
        if (link == VenueFeed.NO_LINK || feed.isUp(link ^ 1)) {
            return;
        }
        long dataNs = feed.dataTimeNs(link);
        if (dataNs != lineDataNs[line]) {
            lineDataNs[line] = dataNs;
            lineWaitNs[line] = settings.bookSilenceNs();
            lineDueNs[line] = dataNs + lineWaitNs[line];
        }
        if (dataNs == 0 || nowNs < lineDueNs[line]) {
            return; // what was never heard is looked at stream by stream
        }
        lineWaitNs[line] = Math.min(2 * lineWaitNs[line], settings.longestNs());
        lineDueNs[line] = nowNs + lineWaitNs[line];
        StreamState last = lastHeardTape(line, link, instruments);
        if (last != null && last.stage == StreamState.WATCHED) {
            last.dueNs = nowNs;
        }
    }

    private @Nullable StreamState lastHeardTape(int line, int link,
            List<I> instruments) {
        StreamState last = null;
        for (int i = 0; i < instruments.size(); i++) {
            I instrument = instruments.get(i);
            if (instrument.tapeLine == line && instrument.isTraded()
                    && (last == null || instrument.tape.heardNs(link) > last.heardNs(link))) {
                last = instrument.tape;
            }
        }
        return last;
    }

    /** Asks the venue whether the market is quiet, if it may be asked now. */
    private void ask(I instrument, long nowNs) {
        if (outstanding >= MOST_OUTSTANDING || nowNs < nextAskNs) {
            return;
        }
        StreamState tape = instrument.tape;
        boolean isAgain = tape.stage == StreamState.DOUBTED
                || tape.stage == StreamState.ASKED_AGAIN;
        tape.stage = isAgain ? StreamState.ASKED_AGAIN : StreamState.ASKED;
        tape.dueNs = nowNs + ANSWER_NS;
        askedNs = nowNs;
        nextAskNs = nowNs + settings.spacingNs();
        outstanding++;
        counters.increment(Counter.STREAM_PROBES);
        feed.transport.httpGet(language.newestTrade(tape.symbol));
    }

    /**
     * Takes an answer, whoever asked for it.
     *
     * @param newest the venue's newest trade, as {@link StreamLanguage#newest} gives it
     * @param known our newest trade, by the same measure
     */
    void answered(I instrument, long newest, long known, long nowNs) {
        StreamState tape = instrument.tape;
        outstanding = Math.max(0, outstanding - 1);
        int link = judgedLink(instrument.tapeLine, tape);
        boolean isAwaited = tape.stage == StreamState.ASKED
                || tape.stage == StreamState.ASKED_AGAIN;
        if (link == VenueFeed.NO_LINK || !isAwaited) {
            return;
        }
        long heardNs = tape.heardNs(link);
        if (Math.max(heardNs, tape.ackedNs(link)) != tape.lifeNs) {
            return; // it lives: the next visit will see
        }
        boolean isFirst = heardNs == 0 && tape.reference == StreamLanguage.NO_TRADE;
        if (heardNs != 0) {
            tape.reference = Math.max(tape.reference, known);
        }
        if (isFirst) {
            tape.reference = Math.max(newest, 0); // where there is none, any will be newer
            quiet(tape, Math.max(tape.lifeNs + tape.waitNs, nowNs + tape.waitNs / 2));
        } else if (newest <= tape.reference || newest < 0) {
            tape.waitNs = Math.min(2 * tape.waitNs,
                    Math.max(tape.waitNs, settings.longestNs()));
            quiet(tape, nowNs + tape.waitNs);
        } else if (tape.stage == StreamState.ASKED) {
            tape.stage = StreamState.DOUBTED;
            tape.dueNs = nowNs + settings.graceNs();
        } else {
            tape.reference = newest;
            tapeDied(instrument, link, nowNs);
        }
    }

    private static void quiet(StreamState tape, long dueNs) {
        tape.stage = StreamState.WATCHED;
        tape.dueNs = dueNs;
    }

    /** A question came to nothing: nothing is asked for a while. */
    void unanswered(int status, long nowNs) {
        outstanding = Math.max(0, outstanding - 1);
        restFailed(status, nowNs);
    }

    /** A REST request of whatever kind has failed. */
    void restFailed(int status, long nowNs) {
        boolean isHeldBack = status == TOO_MANY || status == BANNED || status == FORBIDDEN;
        nextAskNs = Math.max(nextAskNs, nowNs + (isHeldBack ? HELD_BACK_NS : FAILED_NS));
    }

    private void tapeDied(I instrument, int link, long nowNs) {
        int line = VenueProtocol.lineOf(link);
        StreamState tape = instrument.tape;
        streams.complain(Counter.STREAMS_DEAD, deathOf(tape, "the market trades"));
        boolean isLineSilent = feed.dataTimeNs(link) != 0
                && nowNs - feed.dataTimeNs(link) >= settings.bookSilenceNs();
        if (isLineSilent) {
            died(tape, nowNs, settings.tapeSilenceNs());
            streams.lineSilent(line);
            feed.transport.renew(link, "nothing comes though the market trades");
        } else {
            counters.increment(Counter.STREAMS_DEAD);
            feed.tapeSilent(instrument, Reason.STREAM_SILENT);
            remedy(tape, link, nowNs, settings.tapeSilenceNs());
        }
    }

    private void bookDied(I instrument, int link, long nowNs) {
        streams.complain(Counter.STREAMS_DEAD, deathOf(instrument.book, "there are trades"));
        counters.increment(Counter.STREAMS_DEAD);
        instrument.book.siblingMoves = 0;
        streams.bookSilent(instrument);
        remedy(instrument.book, link, nowNs, settings.bookSilenceNs());
    }

    private String deathOf(StreamState stream, String though) {
        String hint = language.hint(stream.isTape);
        return language.name(stream.symbol, stream.isTape) + " is silent although " + though
                + (hint.isEmpty() ? "" : ": " + hint);
    }

    private void remedy(StreamState stream, int link, long nowNs, long silenceNs) {
        boolean isSoon = stream.diedNs != 0
                && nowNs - stream.diedNs <= Math.max(SOON_NS, 2 * patienceNs(stream, silenceNs));
        boolean isRenewalTried = stream.deaths >= 3;
        died(stream, nowNs, silenceNs);
        if (isSoon && !isRenewalTried) {
            feed.transport.renew(link, "a stream stays silent after a new subscription");
        } else {
            streams.renew(link, stream);
        }
    }

    private void died(StreamState stream, long nowNs, long silenceNs) {
        stream.deaths++;
        stream.diedNs = nowNs;
        stream.stage = StreamState.WATCHED;
        stream.waitNs = patienceNs(stream, silenceNs);
        stream.dueNs = nowNs + stream.waitNs;
    }
}
