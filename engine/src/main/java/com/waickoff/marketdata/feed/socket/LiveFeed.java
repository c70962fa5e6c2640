package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.feed.VenueLimits;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.FeedStatus;
import com.waickoff.marketdata.status.Latency;
import io.netty.buffer.ByteBuf;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One feed: the lines that its protocol wants, its REST requests, and what is shown of them.
 *
 * <p>The protocol is never called from within one of its own calls: what it asks for waits until the
 * read, the answer or the tick that made it ask has been handled.
 */
final class LiveFeed implements VenueTransport, LiveLine.Feed {
    /** From the state that says most about what is wrong to that of a line that works. */
    private static final List<FeedState> WORST_FIRST = List.of(FeedState.BREAKER_OPEN,
            FeedState.BACKING_OFF, FeedState.CONNECTING, FeedState.HANDSHAKING,
            FeedState.SUBSCRIBING, FeedState.IDLE, FeedState.SILENT, FeedState.LIVE,
            FeedState.STOPPED);
    private static final long CONNECT_SPACING_NS = 90_000_000; // one a tick
    private static final long LONGEST_BREAK_MS = 3_600_000;
    /** Between the parts of an answer; a task without a delay might be run before sockets are read. */
    private static final long PART_PAUSE_MS = 1;

    private final FeedSettings settings;
    private final FeedStatus status;
    private final CounterBlock counters;
    private final ErrorLog errors;
    private final LoopServices services;
    private final Endpoint endpoint;
    private final VenueProtocol protocol;
    private final RestClient rest;
    private final Admission admission;
    private final List<LiveLine> lines = new ArrayList<>();
    private @Nullable Answer answer; // that is being read
    private String restTrouble = "";
    private String waitsFor = "";
    private long lastRoundTripNs;
    private long epoch;
    private long refusedBefore; // this connection
    private long refusedShown;
    private FeedState shownState = FeedState.IDLE;
    private String shownDetail = "";
    private boolean isOver;

    LiveFeed(FeedSettings settings, FeedStatus status, CounterBlock counters, ErrorLog errors,
            LoopServices services, Function<VenueTransport, VenueProtocol> protocol) {
        this.settings = settings;
        this.status = status;
        this.counters = counters;
        this.errors = errors;
        this.services = services;
        this.endpoint = Endpoint.of(settings.webSocket());
        this.protocol = protocol.apply(this);
        VenueLimits limits = this.protocol.limits();
        this.rest = new RestClient(settings, services.dialer(), counters,
                services.receiveClock(), services.random(),
                new RestBudget(limits.restWeightPerMinute()), this.protocol::restWeight,
                new RestAnswers());
        this.admission = new Admission(
                new CircuitBreaker(settings.breakerMs(), LONGEST_BREAK_MS, services.random(),
                        counters),
                new ConnectBudget(limits.connectsPer5Minutes(), CONNECT_SPACING_NS));
    }

    @Override
    public void sendText(int link, String text) {
        if (!lines.get(VenueProtocol.lineOf(link)).offer(link, text)) {
            counters.increment(Counter.MESSAGES_DROPPED);
            errors.record(settings.name(), "message_dropped", "too many messages wait to be sent");
        }
    }

    @Override
    public void httpGet(String pathAndQuery) {
        if (!rest.get(pathAndQuery)) {
            counters.increment(Counter.MESSAGES_DROPPED);
            errors.record(settings.name(), "request_dropped", "too many REST requests wait");
        }
    }

    @Override
    public long roundTripNs() {
        return lastRoundTripNs;
    }

    @Override
    public void renew(int link, String because) {
        lines.get(VenueProtocol.lineOf(link)).renew(link, because);
    }

    /** What was written before now becomes the loop thread's. */
    void handOver() {
        status.handOver();
        counters.handOver();
    }

    /** Time has passed: about 100 ms since the last call; the first call begins to connect. */
    void tick(long nowNs) {
        while (lines.size() < protocol.lines()) {
            lines.add(new LiveLine(lines.size(), settings, protocol, counters, errors, services,
                    endpoint, admission, this));
        }
        protocol.onTime(nowNs);
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).tick(nowNs);
        }
        if (counters.get(Counter.REJECTED_REFUSAL) != refusedShown
                || !waitsFor.equals(protocol.waitsFor())) {
            waitsFor = protocol.waitsFor();
            changed();
        }
        goRest(nowNs);
    }

    @Override
    public long nextEpoch() {
        refusedBefore = counters.get(Counter.REJECTED_REFUSAL);
        return ++epoch;
    }

    /** Ends for good. The protocol is told why, the venue good-bye. */
    void stop(long nowNs) {
        rest.close();
        endAnswer();
        isOver = true;
        lines.forEach(line -> line.stop(nowNs));
        status.state(FeedState.STOPPED, nowNs, epoch, "");
    }

    /** Ends at once, without a word to the protocol: the loop has failed. */
    void abandon(String why) {
        long nowNs = services.receiveClock().getAsLong();
        rest.close();
        endAnswer();
        isOver = true;
        lines.forEach(line -> line.abandon(why, nowNs));
        status.state(FeedState.STOPPED, nowNs, epoch, why);
    }

    /** Sends what waits for its turn. */
    private void send(long nowNs) {
        for (int i = 0; i < lines.size(); i++) {
            lines.get(i).send(nowNs);
        }
        goRest(nowNs);
    }

    @Override
    public void changed() {
        if (!isOver) {
            show();
        }
    }

    @Override
    public void heard(long receiveNs) {
        status.frame(receiveNs);
    }

    @Override
    public void lineDown() {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isUp()) {
                return;
            }
        }
        rest.forgetWaiting(); // whoever wanted it wants it again when there is a connection
    }

    /** Shows what its lines are doing, if that has changed. */
    private void show() {
        int live = 0;
        LiveLine worst = lines.getFirst();
        for (int i = 0; i < lines.size(); i++) {
            LiveLine line = lines.get(i);
            live += line.state() == FeedState.LIVE ? 1 : 0;
            if (WORST_FIRST.indexOf(line.state()) < WORST_FIRST.indexOf(worst.state())) {
                worst = line;
            }
        }
        refusedShown = counters.get(Counter.REJECTED_REFUSAL);
        show(worst, live);
    }

    private void show(LiveLine worst, int live) {
        String detail = worst.detail();
        if (lines.size() > 1) {
            detail = live + " of " + lines.size() + " connections are live"
                    + (detail.isEmpty() ? "" : "; " + detail);
        }
        long refusals = refusedShown - refusedBefore;
        if (refusals != 0 && worst.isUp()) {
            detail = join(detail, endpoint.peer() + " refused " + refusals + " of our requests");
        }
        detail = join(join(detail, waitsFor), restTrouble);
        if (worst.state() != shownState || !detail.equals(shownDetail)) {
            shownState = worst.state();
            shownDetail = detail;
            status.state(shownState, worst.sinceNs(), epoch, detail);
        }
    }

    private static String join(String one, String other) {
        return one.isEmpty() ? other : other.isEmpty() ? one : one + "; " + other;
    }

    private void showRestTrouble(String trouble) {
        if (!restTrouble.equals(trouble)) {
            restTrouble = trouble;
            changed();
        }
    }

    /** One answer at a time: the next request waits until this one has been read. */
    private void goRest(long nowNs) {
        if (answer == null) {
            rest.go(nowNs);
        }
    }

    private void endAnswer() {
        Answer ended = answer;
        answer = null;
        if (ended != null) {
            ended.memory.close();
        }
    }

    /** An answer that is read a part at a time, and sockets between the parts. */
    private final class Answer {
        private final Arena memory = Arena.ofConfined();
        private final String path;
        private final long address;
        private final int length;

        Answer(String path, ByteBuf body) {
            this.path = path;
            length = body.readableBytes();
            MemorySegment copy = memory.allocate(length + Ascii.OVERRUN_BYTES);
            body.readBytes(copy.asSlice(0, length).asByteBuffer());
            address = copy.address();
        }

        void read() {
            if (answer != this) {
                return; // the feed has ended meanwhile
            }
            long nowNs = services.receiveClock().getAsLong();
            boolean isMore = protocol.onHttpPart(path, address, length, nowNs);
            services.sink().endOfRead();
            if (isMore) {
                services.schedule(this::read, PART_PAUSE_MS);
            } else {
                endAnswer();
            }
            send(nowNs);
        }
    }

    /** What becomes of REST requests. */
    private final class RestAnswers implements RestClient.Answers {
        @Override
        public void answered(String path, ByteBuf body, long roundTripNs) {
            services.record(Latency.HTTP_ROUND_TRIP, roundTripNs);
            lastRoundTripNs = roundTripNs;
            showRestTrouble("");
            Answer taken = new Answer(path, body);
            answer = taken;
            taken.read();
        }

        @Override
        public void unanswered(String path, int httpStatus, Complaint why) {
            errors.record(settings.name(), why.code(), why.detail());
            showRestTrouble("REST: " + why.detail());
            long nowNs = services.receiveClock().getAsLong();
            protocol.onHttpFailure(path, httpStatus, nowNs);
            services.sink().endOfRead();
            send(nowNs);
        }

        @Override
        public void failed(Throwable cause) {
            services.failed().accept(cause);
        }
    }
}
