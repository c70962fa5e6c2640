package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.decimal.NativeText;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.Conservation;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.InstrumentState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A venue's feed with all its ports in the hands of a test. */
public final class FeedHarness implements AutoCloseable {
    /** Receive time of everything until it is changed: 2026-11-21T00:00:00Z. */
    public static final long START_NS = 1_795_219_200_000_000_000L;

    private record Request(int link, String text) {}

    private static final int MEMORY_BYTES = 1 << 20;

    /** Where events go. */
    public final CollectingSink sink;
    /** Definitions. */
    public final InstrumentCatalogue catalogue;
    /** Trade ids. */
    public final TradeChains chains;
    /** Counters. */
    public final CounterBlock counters = CounterBlock.onHeap("feed");
    /** Texts sent. */
    public final List<String> sent = new ArrayList<>();
    /** REST requests for newest trades, by which silence is judged. */
    public final List<String> probes = new ArrayList<>();
    /** All other REST requests. */
    public final List<String> asked = new ArrayList<>();
    /** What was said of rejected frames. */
    public final List<String> rejections = new ArrayList<>();
    /** What people were told. */
    public final List<String> notices = new ArrayList<>();
    /** The feed. */
    public final VenueProtocol feed;
    /** How long REST answers take. */
    public long roundTripNs;
    /** Receive time of what comes next. */
    public long nowNs = START_NS;

    /** The link on which what comes next is received. */
    public int link;
    /** Renewals wanted. */
    public final List<String> renewals = new ArrayList<>();

    private static final Pattern BYBIT_ID = Pattern.compile("\"req_id\":\"(\\d+)\"");
    private static final Pattern BINANCE_ID = Pattern.compile("\"id\":(\\d+)");

    /** Whether subscriptions are acknowledged as soon as time passes. */
    public boolean isAcknowledging = true;
    private final List<Request> unanswered = new ArrayList<>();
    private final NativeText memory = new NativeText(MEMORY_BYTES);
    private long epoch;

    /** A feed on a sink that keeps events. */
    public FeedHarness(Function<FeedPorts, VenueProtocol> newFeed) {
        this(CollectingSink.keeping(1 << 14), newFeed);
    }

    /** A feed of up to so many instruments, on a sink that keeps events. */
    public FeedHarness(Function<FeedPorts, VenueProtocol> newFeed, int instruments) {
        this(CollectingSink.keeping(1 << 14), newFeed, instruments);
    }

    /** A feed on this sink. */
    public FeedHarness(CollectingSink sink, Function<FeedPorts, VenueProtocol> newFeed) {
        this(sink, newFeed, 64);
    }

    private FeedHarness(CollectingSink sink, Function<FeedPorts, VenueProtocol> newFeed,
            int instruments) {
        this.sink = sink;
        this.catalogue = new InstrumentCatalogue(instruments);
        this.chains = new TradeChains(catalogue);
        VenueTransport transport = new VenueTransport() {
            @Override
            public void sendText(int link, String text) {
                sent.add(text);
                unanswered.add(new Request(link, text));
            }

            @Override
            public void httpGet(String pathAndQuery) {
                (pathAndQuery.endsWith("&limit=1") ? probes : asked).add(pathAndQuery);
            }

            @Override
            public void renew(int ofLink, String because) {
                renewals.add(ofLink + ": " + because);
            }

            @Override
            public long roundTripNs() {
                return roundTripNs;
            }
        };
        feed = newFeed.apply(new FeedPorts(sink, catalogue, chains, new FeedClock(sink), transport,
                counters, (fate, detail, address, length, timeNs) -> rejections.add(detail),
                noted()));
    }

    private FeedNotices noted() {
        return new FeedNotices() {
            @Override
            public void onInstrument(String symbol, InstrumentState state, String detail,
                    long nowNs) {
                notices.add(symbol + ' ' + state + (detail.isEmpty() ? "" : ": " + detail));
            }

            @Override
            public void onClock(long offsetNs, long roundTripNs, long nowNs) {
                notices.add("clock " + offsetNs + " in " + roundTripNs);
            }

            @Override
            public void onError(String code, String detail) {
                notices.add(code + ": " + detail);
            }
        };
    }

    /** Connects. */
    public FeedHarness connect() {
        feed.onConnect(link, ++epoch, nowNs);
        return this;
    }

    /** Disconnects. */
    public FeedHarness disconnect() {
        unanswered.removeIf(request -> request.link == link);
        feed.onDisconnect(link, Reason.DISCONNECTED, nowNs);
        return this;
    }

    /** Goes over to another link. */
    public FeedHarness on(int otherLink) {
        link = otherLink;
        return this;
    }

    /** Receives a frame. */
    public FeedHarness frame(String text) {
        return frame(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Receives a frame. */
    public FeedHarness frame(byte[] bytes) {
        memory.set(bytes);
        feed.onFrame(link, memory.address(), memory.length(), nowNs);
        return this;
    }

    /** Receives the first {@code count} bytes of a frame, while the others still lie behind them. */
    public FeedHarness frameCutTo(byte[] bytes, int count) {
        memory.set(bytes);
        feed.onFrame(link, memory.address(), count, nowNs);
        return this;
    }

    /** Receives a REST answer. */
    public FeedHarness http(String url, String body) {
        memory.set(body);
        feed.onHttp(url, memory.address(), memory.length(), nowNs);
        return this;
    }

    /** Receives no REST answer. */
    public FeedHarness httpFailure(String url, int status) {
        feed.onHttpFailure(url, status, nowNs);
        return this;
    }

    /** The requests since the last call. */
    public List<String> takeAsked() {
        List<String> taken = List.copyOf(asked);
        asked.clear();
        return taken;
    }

    /** The requests for newest trades since the last call. */
    public List<String> takeProbes() {
        List<String> taken = List.copyOf(probes);
        probes.clear();
        return taken;
    }

    /** What people were told since the last call. */
    public List<String> takeNotices() {
        List<String> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    /** Receives the acknowledgements of all requests about streams that lack them. */
    public FeedHarness ackSent() {
        int before = link;
        while (!unanswered.isEmpty()) {
            Request request = unanswered.removeFirst();
            Matcher bybit = BYBIT_ID.matcher(request.text);
            Matcher binance = BINANCE_ID.matcher(request.text);
            link = request.link;
            if (bybit.find()) {
                frame("{\"success\":true,\"ret_msg\":\"\",\"conn_id\":\"c\",\"req_id\":\""
                        + bybit.group(1) + "\",\"op\":\"subscribe\"}");
            } else if (binance.find()) {
                frame("{\"result\":null,\"id\":" + binance.group(1) + "}");
            }
        }
        link = before;
        return this;
    }

    /** Texts sent since the last call of this or of {@link #ackSent}, which stay unanswered. */
    public List<String> takeSent() {
        List<String> taken = unanswered.stream().map(Request::text).toList();
        unanswered.clear();
        return taken;
    }

    /** Lets time pass. */
    public FeedHarness passTime(long ns) {
        if (isAcknowledging) {
            ackSent();
        }
        nowNs += ns;
        feed.onTime(nowNs);
        return this;
    }

    /** Events without clocks and definitions, as text, and forgets them. */
    public List<String> takeEvents() {
        List<String> texts = new ArrayList<>();
        for (MarketEvent event : sink.events()) {
            if (event.kind() != EventKind.CLOCK && event.kind() != EventKind.INSTRUMENT) {
                texts.add(event.toString());
            }
        }
        sink.clear();
        return texts;
    }

    /** The kinds of events without clocks and definitions, and forgets them. */
    public List<String> takeKinds() {
        List<String> kinds = new ArrayList<>();
        for (MarketEvent event : sink.events()) {
            if (event.kind() != EventKind.CLOCK && event.kind() != EventKind.INSTRUMENT) {
                kinds.add(EventKind.name(event.kind()));
            }
        }
        sink.clear();
        return kinds;
    }

    /** Value of a counter. */
    public long count(Counter counter) {
        return counters.get(counter);
    }

    /** Checks that each frame has exactly one fate. */
    public void assertConserved() {
        assertThat(Conservation.of(List.of(counters)).frameDifference()).isZero();
    }

    @Override
    public void close() {
        memory.close();
    }
}
