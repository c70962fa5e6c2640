package com.waickoff.marketdata.feed.binance;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.feed.FeedHarness;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.binance.BinanceSettings.Tape;
import com.waickoff.marketdata.status.Counter;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames that are damaged, and frames that are only written differently. */
class BinanceFuzzTest {
    private static final long SEED = 20_261_121;
    private static final int DAMAGED_FRAMES = 110_000;
    private static final byte[] HOSTILE = {'1', '"', '}', ']', ',', '\\', 0, (byte) 0xff};
    private static final byte[] FAVOURITES = "\"{}[],:0123456789.-eE\\ntu\0\u007f"
            .getBytes(StandardCharsets.UTF_8);
    /** The least text a level can be: {@code [1,1],}. */
    private static final int SHORTEST_LEVEL = 6;
    private static final String SNAPSHOT = "{\"lastUpdateId\":100,\"bids\":[[\"10.0\",\"1\"]],\"asks\":[]}";
    private static final int MOST_OTHER_EVENTS = 8;

    @Test
    void shouldSurviveEveryFrameCutAtEveryByte() {
        try (Arena arena = Arena.ofConfined()) {
            int frames = 0;
            for (String name : BinanceRig.frames()) {
                byte[] frame = BinanceRig.fixture(name).getBytes(StandardCharsets.UTF_8);
                MemorySegment memory = arena.allocate(frame.length + Ascii.OVERRUN_BYTES);
                FeedHarness harness = open(name);
                for (int cut = 0; cut <= frame.length; cut++) {
                    List<String> first = receive(harness, memory, frame, cut, HOSTILE[0]);
                    for (int i = 1; i < HOSTILE.length; i++) {
                        assertThat(receive(harness, memory, frame, cut, HOSTILE[i]))
                                .as("%s cut at %d before byte %d", name, cut, HOSTILE[i])
                                .isEqualTo(first);
                    }
                    memory.fill((byte) ' ');
                    MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, 0, frame.length);
                    // What really follows in the whole frame is the most tempting of all.
                    assertThat(receive(harness, memory, cut))
                            .as("%s cut at %d before its rest", name, cut).isEqualTo(first);
                    frames++;
                }
                harness.close();
            }
            System.out.println("cut frames: " + frames);
            assertThat(frames).isGreaterThan(5_000);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BINANCE_SPOT", "BINANCE_USDM"})
    void shouldSurviveDamage(Venue venue) {
        System.out.println(venue + " seed " + SEED);
        Random random = new Random(SEED);
        List<byte[]> frames = new ArrayList<>();
        for (String name : BinanceRig.frames()) {
            if (BinanceRig.venueOf(name) == venue) {
                frames.add(BinanceRig.fixture(name).getBytes(StandardCharsets.UTF_8));
            }
        }
        byte[] buffer = new byte[2048];
        try (FeedHarness harness = BinanceRig.of(venue);
                Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(buffer.length + Ascii.OVERRUN_BYTES);
            harness.isAcknowledging = false;
            for (int i = 0; i < DAMAGED_FRAMES; i++) {
                int length = damage(frames.get(random.nextInt(frames.size())), buffer, random);
                put(memory, buffer, length, HOSTILE[random.nextInt(HOSTILE.length)]);
                harness.feed.onFrame(0, memory.address(), length, harness.nowNs);
                check(harness.sink.events(), length);
                harness.sink.clear();
                if (i % 64 == 0) {
                    harness.assertConserved();
                    harness.passTime(1_000_000_000L);
                    harness.http(url(venue), SNAPSHOT);
                    harness.sink.clear();
                }
            }
            harness.assertConserved();
            assertThat(harness.count(Counter.FRAMES_RECEIVED)).isEqualTo(DAMAGED_FRAMES);
            assertThat(harness.count(Counter.FRAMES_DECODED)).isGreaterThan(1_000);
            assertThat(harness.count(Counter.REJECTED_MALFORMED)).isGreaterThan(10_000);
        }
    }

    @Test
    void shouldReadTheSameFromAFrameThatIsOnlyWrittenDifferently() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        for (String name : BinanceRig.frames()) {
            String frame = BinanceRig.fixture(name);
            FeedHarness harness = open(name);
            List<String> plain = receive(harness, frame);
            for (int i = 0; i < 60; i++) {
                String written = rewrite(frame, random);
                assertThat(receive(harness, written)).as("%s written as %s", name, written)
                        .isEqualTo(plain);
            }
            harness.close();
        }
    }

    /** Events of a frame that finds a joined book; what follows it are 8 bytes of {@code behind}. */
    private static List<String> receive(FeedHarness harness, MemorySegment memory, byte[] frame,
            int length, byte behind) {
        put(memory, frame, length, behind);
        return receive(harness, memory, length);
    }

    private static List<String> receive(FeedHarness harness, String frame) {
        byte[] bytes = frame.getBytes(StandardCharsets.UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(bytes.length + Ascii.OVERRUN_BYTES);
            return receive(harness, memory, bytes, bytes.length, (byte) '1');
        }
    }

    private static List<String> receive(FeedHarness harness, MemorySegment memory, int length) {
        harness.disconnect();
        harness.chains.seed(0, TradeChains.NONE);
        harness.connect().http(url(harness.feed.venue()), SNAPSHOT);
        harness.sink.clear();
        harness.feed.onFrame(0, memory.address(), length, harness.nowNs);
        harness.assertConserved();
        check(harness.sink.events(), length);
        return BinanceRig.take(harness);
    }

    private static FeedHarness open(String name) {
        return BinanceRig.of(BinanceRig.venueOf(name),
                name.contains("aggTrade") ? Tape.AGG_TRADE : Tape.TRADE);
    }

    private static String url(Venue venue) {
        return (venue == Venue.BINANCE_SPOT ? "/api/v3/depth" : "/fapi/v1/depth")
                + "?symbol=BTCUSDT";
    }

    private static void put(MemorySegment memory, byte[] frame, int length, byte behind) {
        MemorySegment.copy(frame, 0, memory, ValueLayout.JAVA_BYTE, 0, length);
        memory.asSlice(length, Ascii.OVERRUN_BYTES).fill(behind);
    }

    /** One to three bytes changed, put in or taken out; the length of the result. */
    private static int damage(byte[] frame, byte[] target, Random random) {
        System.arraycopy(frame, 0, target, 0, frame.length);
        int length = frame.length;
        for (int times = 1 + random.nextInt(3); times > 0 && length > 1; times--) {
            int at = random.nextInt(length);
            byte other = random.nextBoolean()
                    ? FAVOURITES[random.nextInt(FAVOURITES.length)]
                    : (byte) random.nextInt(256);
            switch (random.nextInt(4)) {
                case 0 -> target[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> target[at] = other;
                case 2 -> {
                    System.arraycopy(target, at, target, at + 1, length++ - at);
                    target[at] = other;
                }
                default -> System.arraycopy(target, at + 1, target, at, --length - at);
            }
        }
        return length;
    }

    private static void check(List<MarketEvent> events, int length) {
        assertThat(events.size()).isLessThan(length / SHORTEST_LEVEL + MOST_OTHER_EVENTS);
        for (MarketEvent event : events) {
            boolean isPossible = event.matchTimeNs() >= 0 && switch (event.kind()) {
                case EventKind.TRADE -> event.id64() >= 0 && event.aux() >= 0
                        && (event.has(EventFlags.OFF_BOOK)
                                ? event.price() >= 0 && event.quantity() >= 0
                                : event.price() > 0 && event.quantity() > 0);
                case EventKind.BOOK_LEVEL -> event.price() >= 0 && event.quantity() >= 0
                        && event.updateId() >= 0;
                case EventKind.TRADE_GAP -> event.firstMissing() >= 0
                        && event.firstMissing() <= event.lastMissing();
                default -> true;
            };
            if (!isPossible) {
                throw new AssertionError("impossible: " + event);
            }
        }
    }

    /** Members of objects in any order, others among them, white space anywhere between tokens. */
    private static String rewrite(String json, Random random) {
        List<String> members = split(json);
        boolean isObject = json.charAt(0) == '{';
        List<String> written = new ArrayList<>();
        for (String member : members) {
            int colon = isObject ? member.indexOf(':') : -1;
            String value = member.substring(colon + 1);
            String inner = value.startsWith("{") || value.startsWith("[")
                    ? rewrite(value, random)
                    : value;
            written.add((isObject ? member.substring(0, colon) + space(random) + ':' : "")
                    + space(random) + inner + space(random));
        }
        if (isObject) {
            if (random.nextBoolean()) {
                written.add("\"zz" + random.nextInt(10) + "\":{\"p\":[1,{\"e\":\"\\\"}\"}]}");
            }
            Collections.shuffle(written, random);
        }
        return json.charAt(0) + space(random) + String.join("," + space(random), written)
                + json.charAt(json.length() - 1);
    }

    private static String space(Random random) {
        return random.nextInt(4) == 0 ? " \n\t\r ".substring(random.nextInt(5)) : "";
    }

    /** The members of an object or array; none of the fixtures has escapes. */
    private static List<String> split(String json) {
        List<String> members = new ArrayList<>();
        int depth = 0;
        boolean isText = false;
        int start = 1;
        for (int i = 1; i < json.length(); i++) {
            char next = json.charAt(i);
            isText ^= next == '"';
            boolean isEnd = i == json.length() - 1;
            if (isEnd ? i > start : !isText && depth == 0 && next == ',') {
                members.add(json.substring(start, i));
                start = i + 1;
            } else if (!isText) {
                depth += next == '{' || next == '[' ? 1 : next == '}' || next == ']' ? -1 : 0;
            }
        }
        return members;
    }
}
