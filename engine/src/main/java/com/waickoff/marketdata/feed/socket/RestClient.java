package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.feed.BackOff;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The REST requests of one feed: one after the other, in order, on one connection that is kept, and
 * no faster than the venue wants. A venue that says when to come back is not asked before. Who asks
 * for what is asked for already, and not answered, hears of that answer: where much is asked for, many
 * lose their patience before their turn has come.
 *
 * <p>Cold: allocates as it likes.
 */
final class RestClient {
    /** How this program calls itself. */
    static final String USER_AGENT = "waickoff";

    private static final int MOST_WAITING = 8192;
    private static final int READ_BYTES = 32 << 10;
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int BANNED = 418;
    private static final int TOO_MANY = 429;
    private static final long NS_PER_MS = 1_000_000;

    private final FeedSettings settings;
    private final Endpoint endpoint;
    private final Dialer dialer;
    private final CounterBlock counters;
    private final LongSupplier receiveClock;
    private final RestBudget budget;
    private final ToIntFunction<String> weight; // of a request by its path and query
    private final Answers answers;
    private final BackOff backOff;
    private final SequencedSet<String> waiting = new LinkedHashSet<>();
    private @Nullable Channel channel;
    private @Nullable String asked; // what is being asked for
    private boolean isSent;
    private boolean isAgain; // sent before, on a connection that proved dead
    private boolean isDialing;
    private boolean isClosed;
    private int dials;
    private long sentNs;
    private long nextTimeNs = Long.MIN_VALUE;

    /** Hears of every request that was not one already, once, unless the client is closed before. */
    interface Answers {
        /** Status 200. */
        void answered(String path, ByteBuf body, long roundTripNs);

        /**
         * Anything else.
         *
         * @param status the answer's, or 0 if there was none
         */
        void unanswered(String path, int status, Complaint why);

        /** Something failed that must not. */
        void failed(Throwable cause);
    }

    RestClient(FeedSettings settings, Dialer dialer, CounterBlock counters,
            LongSupplier receiveClock, RandomGenerator random, RestBudget budget,
            ToIntFunction<String> weight, Answers answers) {
        this.settings = settings;
        this.endpoint = Endpoint.of(settings.rest());
        this.dialer = dialer;
        this.counters = counters;
        this.receiveClock = receiveClock;
        this.budget = budget;
        this.weight = weight;
        this.answers = answers;
        this.backOff = new BackOff(settings.firstBackOffMs(), settings.maxBackOffMs(), random);
    }

    /** Puts a request at the end, unless it waits already. @return false if there is no room for it */
    boolean get(String pathAndQuery) {
        if (pathAndQuery.equals(asked) || waiting.contains(pathAndQuery)) {
            return true;
        }
        if (waiting.size() == MOST_WAITING) {
            return false;
        }
        waiting.add(pathAndQuery);
        return true;
    }

    /** Does what can be done now; called after whatever may have asked, and on every tick. */
    void go(long nowNs) {
        if (isSent && nowNs - sentNs > settings.restTimeoutMs() * NS_PER_MS) {
            dropChannel();
            unanswered(0,
                    new Complaint("rest_timeout", endpoint.peer() + " did not answer in time"));
        }
        if (asked == null && !waiting.isEmpty() && nowNs >= nextTimeNs && !isClosed
                && budget.take(weight.applyAsInt(waiting.getFirst()), nowNs)) {
            asked = waiting.removeFirst();
            isAgain = false;
        }
        if (asked != null && !isSent && !isDialing) {
            Channel kept = channel;
            if (kept != null && kept.isActive()) {
                send(kept, asked, nowNs);
            } else {
                dial();
            }
        }
    }

    private void dial() {
        isDialing = true;
        dialer.dial(endpoint, dials++, settings.connectTimeoutMs(), settings.handshakeTimeoutMs(),
                new FixedRecvByteBufAllocator(READ_BYTES), this::furnish, this::connected,
                this::notConnected);
    }

    private void furnish(ChannelPipeline pipeline) {
        pipeline.addLast(new HttpClientCodec(),
                new HttpObjectAggregator(settings.maxAnswerBytes(), true), new Reader());
    }

    private void connected(Channel fresh) {
        isDialing = false;
        if (isClosed) {
            var _ = fresh.close();
            return;
        }
        channel = fresh;
        if (asked != null && !isSent) {
            send(fresh, asked, receiveClock.getAsLong());
        }
    }

    private void notConnected(Throwable cause) {
        isDialing = false;
        if (asked != null && !isClosed) {
            holdBack(backOff.nextMs());
            unanswered(0, Complaint.of(cause, endpoint.peer()));
        }
    }

    private void send(Channel to, String path, long nowNs) {
        isSent = true;
        sentNs = nowNs;
        nextTimeNs = nowNs + settings.restSpacingMs() * NS_PER_MS;
        counters.increment(Counter.HTTP_REQUESTS);
        var request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET,
                endpoint.path(path));
        request.headers().set(HttpHeaderNames.HOST, endpoint.authority())
                .set(HttpHeaderNames.ACCEPT, HttpHeaderValues.APPLICATION_JSON)
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT);
        var _ = to.writeAndFlush(request, to.voidPromise());
    }

    private void answered(FullHttpResponse response) {
        String path = asked;
        if (path == null || !isSent) {
            dropChannel(); // it speaks unasked
            return;
        }
        long nowNs = receiveClock.getAsLong();
        int status = response.status().code();
        if (!HttpUtil.isKeepAlive(response)) {
            dropChannel();
        }
        if (response.decoderResult().isFailure()) {
            dropChannel();
            unanswered(0, new Complaint("rest_no_http", endpoint.peer() + " answered no HTTP"));
        } else if (status == OK) {
            backOff.succeeded();
            asked = null;
            isSent = false;
            answers.answered(path, response.content(), nowNs - sentNs);
        } else {
            if (status == TOO_MANY || status == BANNED || status == FORBIDDEN) {
                holdBack(RetryAfter.ms(response.headers().get(HttpHeaderNames.RETRY_AFTER),
                        nowNs));
            }
            unanswered(status, new Complaint("rest_status_" + status,
                    endpoint.peer() + " answered REST with " + status));
        }
    }

    private void holdBack(long ms) {
        nextTimeNs = Math.max(nextTimeNs, receiveClock.getAsLong() + ms * NS_PER_MS);
    }

    /** The connection ended: whoever was waiting for an answer asks once more on a new one. */
    private void ended(Complaint why) {
        boolean wasSent = isSent;
        channel = null;
        if (!wasSent || isClosed) {
            return;
        }
        if (isAgain) {
            holdBack(backOff.nextMs());
            unanswered(0, why);
        } else {
            isAgain = true;
            isSent = false; // the next call of go() dials
        }
    }

    private void unanswered(int status, Complaint why) {
        String path = asked;
        asked = null;
        isSent = false;
        if (path != null) {
            answers.unanswered(path, status, why);
        }
    }

    private void dropChannel() {
        Channel dropped = channel;
        channel = null;
        if (dropped != null) {
            var _ = dropped.close();
        }
    }

    /** Forgets what waits to be asked: whoever wanted it has to start anew. */
    void forgetWaiting() {
        waiting.clear();
    }

    /** Ends the connection; what waits is forgotten. */
    void close() {
        isClosed = true;
        waiting.clear();
        asked = null;
        isSent = false;
        dropChannel();
    }

    private final class Reader extends SimpleChannelInboundHandler<FullHttpResponse> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpResponse response) {
            try {
                if (context.channel().equals(channel)) {
                    answered(response);
                }
            } catch (Throwable cause) {
                answers.failed(cause);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            lost(context, new Complaint("rest_connection_lost",
                    endpoint.peer() + " closed the connection instead of answering"));
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            isAgain |= !(cause instanceof IOException); // what is wrong would be so again
            lost(context, Complaint.of(cause, endpoint.peer()));
            var _ = context.close();
        }

        private void lost(ChannelHandlerContext context, Complaint why) {
            try {
                if (context.channel().equals(channel)) {
                    ended(why);
                }
            } catch (Throwable cause) {
                answers.failed(cause);
            }
        }
    }
}
