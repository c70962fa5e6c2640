package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.Venue;
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
    public String streamPath() {
        return "/stream?a=b";
    }

    @Override
    public int mostMessagesPerSecond() {
        return messagesPerSecond;
    }

    @Override
    public void onConnect(long epoch, long receiveTimeNs) {
        heard.add("connect " + epoch);
        onConnect.accept(transport);
    }

    @Override
    public void onFrame(long address, int length, long receiveTimeNs) {
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
    public void onDisconnect(Reason reason, long receiveTimeNs) {
        heard.add("disconnect " + reason);
    }
}
