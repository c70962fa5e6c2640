package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueLimits;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A protocol that notes what it hears; every text counts as decoded. */
final class NotingProtocol implements VenueProtocol {
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final VenueTransport transport;
    private final CounterBlock counters;
    private final Consumer<VenueTransport> onConnect;
    private final int messagesPerSecond;
    private final long[] dataNs = new long[2 * MOST_LINES];
    volatile RuntimeException trouble;

    NotingProtocol(VenueTransport transport, CounterBlock counters,
            Consumer<VenueTransport> onConnect, int messagesPerSecond) {
        this.transport = transport;
        this.counters = counters;
        this.onConnect = onConnect;
        this.messagesPerSecond = messagesPerSecond;
    }

    @Override
    public Venue venue() {
        return Venue.BYBIT_LINEAR;
    }

    @Override
    public String streamPath(int line) {
        return "/stream?a=b";
    }

    @Override
    public VenueLimits limits() {
        return new VenueLimits(messagesPerSecond, 0, 0, 0);
    }

    @Override
    public long dataTimeNs(int link) {
        return dataNs[link];
    }

    @Override
    public void onConnect(int link, long epoch, long receiveTimeNs) {
        heard.add("connect " + epoch);
        onConnect.accept(transport);
    }

    @Override
    public void onFrame(int link, long address, int length, long receiveTimeNs) {
        dataNs[link] = receiveTimeNs;
        RuntimeException planted = trouble;
        if (planted != null) {
            throw planted;
        }
        counters.increment(Counter.FRAMES_RECEIVED);
        counters.increment(Counter.FRAMES_DECODED);
        long _ = Ascii.longAt(address + length); // the bytes to overrun are there
        heard.add("frame " + (length > 200 ? length + " bytes of " + Ascii.text(address, 1)
                : Ascii.text(address, length)));
    }

    @Override
    public void onHttp(String url, long bodyAddress, int bodyLength, long receiveTimeNs) {
        long _ = Ascii.longAt(bodyAddress + bodyLength);
        heard.add("http " + url + ' ' + Ascii.text(bodyAddress, bodyLength));
    }

    @Override
    public void onHttpFailure(String url, int status, long receiveTimeNs) {
        heard.add("http failed " + url + ' ' + status);
    }

    @Override
    public void onTime(long receiveTimeNs) {}

    @Override
    public void onDisconnect(int link, Reason reason, long receiveTimeNs) {
        heard.add("disconnect " + reason);
    }
}
