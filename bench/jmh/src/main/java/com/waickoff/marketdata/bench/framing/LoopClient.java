package com.waickoff.marketdata.bench.framing;

import com.waickoff.marketdata.event.EventSink;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.socket.FeedLoop;
import com.waickoff.marketdata.feed.socket.FeedSettings;
import com.waickoff.marketdata.feed.socket.LoopSettings;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import com.waickoff.marketdata.status.FeedStatus;
import java.io.IOException;
import java.net.URI;
import java.util.SplittableRandom;

/** The engine's own loop, up to the protocol's door. */
final class LoopClient implements FrameClient {
    private final FeedLoop loop;
    private final String scheme;
    private final Counting counting = new Counting();

    LoopClient(LoopSettings settings, boolean isTls) throws IOException {
        Nothing sink = new Nothing();
        scheme = isTls ? "wss" : "ws";
        loop = new FeedLoop(sink, new FeedClock(sink), System::nanoTime, settings,
                new SplittableRandom(1), ns -> {}, failure -> {
                    throw new IllegalStateException(failure);
                });
    }

    @Override
    public void connect(int port) {
        loop.add(FeedSettings.of("bench", URI.create(scheme + "://127.0.0.1:" + port),
                URI.create("http://127.0.0.1:1")), FeedStatus.onHeap("bench"),
                CounterBlock.onHeap("bench"), ErrorLog.onHeap(System::nanoTime),
                transport -> counting);
        loop.start();
    }

    @Override
    public long frames() {
        return counting.frames;
    }

    @Override
    public Thread thread() {
        return counting.thread;
    }

    @Override
    public void close() {
        loop.close();
    }

    private static final class Counting implements VenueProtocol {
        private volatile Thread thread = Thread.currentThread();
        private volatile long frames;
        private long own;

        @Override
        public Venue venue() {
            return Venue.BYBIT_LINEAR;
        }

        @Override
        public String streamPath(int line) {
            return "/";
        }

        @Override
        public void onConnect(int link, long epoch, long receiveTimeNs) {
            thread = Thread.currentThread();
        }

        @Override
        public void onFrame(int link, long address, int length, long receiveTimeNs) {
            own++;
            if ((own & 0xff) == 0) {
                frames = own;
            }
        }

        @Override
        public void onHttp(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {}

        @Override
        public void onHttpFailure(String url, int status, long receiveTimeNs) {}

        @Override
        public long dataTimeNs(int link) {
            return 0;
        }

        @Override
        public void onTime(long receiveTimeNs) {}

        @Override
        public void onDisconnect(int link, Reason reason, long receiveTimeNs) {}
    }

    /** Takes clocks, one at a time. */
    private static final class Nothing implements EventSink {
        private final MarketEvent slot = new MarketEvent();

        @Override
        public MarketEvent next() {
            return slot;
        }

        @Override
        public int pendingCount() {
            return 0;
        }

        @Override
        public MarketEvent pending(int index) {
            return slot;
        }

        @Override
        public void commit() {}

        @Override
        public void abort() {}

        @Override
        public long publishedCount() {
            return 0;
        }

        @Override
        public void endOfRead() {}
    }
}
