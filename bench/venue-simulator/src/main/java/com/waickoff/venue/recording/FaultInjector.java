package com.waickoff.venue.recording;

import com.waickoff.venue.market.SeededRandom;
import com.waickoff.venue.wire.Frame;
import com.waickoff.venue.wire.FrameContent;
import com.waickoff.venue.wire.FrameListener;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a venue and its reader and breaks received frames, by chance and by seed. What it
 * did is told, fault by fault, so that a test can know what should have come of it. Connects, sent
 * texts and HTTP answers pass untouched. Receive times never go backwards. Not thread safe.
 */
public final class FaultInjector implements FrameListener {
    private static final long NANOS_PER_MS = 1_000_000;
    private static final int LEAST_LATE_MS = 500;
    private static final int MOST_LATE_MS = 20_000;

    private record Held(Frame frame, Fault fault, long dueNs) {}

    private final FaultRates rates;
    private final SeededRandom random;
    private final FrameListener next;
    private final Consumer<InjectedFault> log;
    private final Frame broken = new Frame();
    private final List<Held> held = new ArrayList<>();
    private long lines;
    private long lastReceiveNs;

    public FaultInjector(FaultRates rates, long seed, FrameListener next,
            Consumer<InjectedFault> log) {
        this.rates = rates;
        this.random = SeededRandom.of(seed, -2);
        this.next = next;
        this.log = log;
    }

    @Override
    public void onFrame(Frame frame) {
        releaseLate(frame.receiveTimeNs());
        Fault fault = draw(frame);
        if (fault == null) {
            pass(frame);
        } else {
            inject(fault, frame);
        }
        boolean arrived = fault != Fault.DROP && fault != Fault.SWAP && fault != Fault.LATE;
        if (arrived && frame.content() == FrameContent.TRADES) {
            releaseSwapped(frame);
        }
    }

    /** Lets go what is still held; nothing may come after. */
    public void close() {
        releaseLate(Long.MAX_VALUE);
        for (Held swapped : held) {
            swapped.frame.receiveTimeNs(lastReceiveNs);
            report(swapped.fault, swapped.frame, lines + 1, "at the end");
            pass(swapped.frame);
        }
        held.clear();
    }

    private @Nullable Fault draw(Frame frame) {
        if (frame.content().kind() != 'R') {
            return null;
        }
        double where = random.nextDouble();
        for (Fault fault : Fault.values()) {
            where -= rates.rate(fault);
            if (where < 0) {
                return befalls(fault, frame) ? fault : null;
            }
        }
        return null;
    }

    private static boolean befalls(Fault fault, Frame frame) {
        return switch (fault) {
            case SHUFFLE -> frame.tradeCount() > 1;
            // Of several trades in a frame one bad one leaves open what a reader makes of the rest.
            case MISFIT -> frame.tradeCount() == 1 || frame.content() == FrameContent.BOOK_DELTA;
            default -> !fault.tradesOnly() || frame.content() == FrameContent.TRADES;
        };
    }

    private void inject(Fault fault, Frame frame) {
        switch (fault) {
            case DROP -> report(fault, frame, lines, "");
            case DUPLICATE -> {
                pass(frame);
                report(fault, frame, lines + 1, "");
                pass(frame);
            }
            case SWAP -> held.add(new Held(new Frame().copyFrom(frame), fault, Long.MAX_VALUE));
            case LATE -> {
                long lateMs = LEAST_LATE_MS + (long) random.below(MOST_LATE_MS - LEAST_LATE_MS);
                held.add(new Held(new Frame().copyFrom(frame), fault,
                        frame.receiveTimeNs() + lateMs * NANOS_PER_MS));
            }
            case TRUNCATE, GARBAGE, MISFIT, SHUFFLE, UNKNOWN_KEYS, WHITE_SPACE, KEY_ORDER -> {
                report(fault, frame, lines + 1, rewrite(fault, broken.copyFrom(frame)));
                pass(broken);
            }
        }
    }

    private void releaseLate(long timeNs) {
        while (true) {
            Held earliest = null;
            for (Held late : held) {
                if (late.fault == Fault.LATE && late.dueNs <= timeNs
                        && (earliest == null || late.dueNs < earliest.dueNs)) {
                    earliest = late;
                }
            }
            if (earliest == null) {
                return;
            }
            held.remove(earliest);
            long lateMs = (earliest.dueNs - earliest.frame.receiveTimeNs()) / NANOS_PER_MS;
            earliest.frame.receiveTimeNs(Math.max(earliest.dueNs, lastReceiveNs));
            report(Fault.LATE, earliest.frame, lines + 1, lateMs + " ms");
            pass(earliest.frame);
        }
    }

    private void releaseSwapped(Frame frame) {
        Iterator<Held> iterator = held.iterator();
        while (iterator.hasNext()) {
            Held swapped = iterator.next();
            if (swapped.fault == Fault.SWAP
                    && swapped.frame.instrument() == frame.instrument()) {
                iterator.remove();
                swapped.frame.receiveTimeNs(frame.receiveTimeNs());
                report(Fault.SWAP, swapped.frame, lines + 1, "");
                pass(swapped.frame);
            }
        }
    }

    private void pass(Frame frame) {
        lines++;
        lastReceiveNs = frame.receiveTimeNs();
        next.onFrame(frame);
    }

    private void report(Fault fault, Frame frame, long line, String detail) {
        log.accept(new InjectedFault(line, frame.receiveTimeNs(), fault, frame.content(),
                frame.instrument(), frame.tradeCount(), detail));
    }

    /** @return what was done, in words */
    private String rewrite(Fault fault, Frame frame) {
        if (fault == Fault.TRUNCATE) {
            int length = random.below(frame.text().length());
            frame.text().truncate(length);
            frame.clearTrades();
            return "to " + length + " bytes";
        }
        if (fault == Fault.GARBAGE) {
            frame.text().clear().append(garbage().getBytes(StandardCharsets.UTF_8));
            frame.clearTrades();
            return "";
        }
        Json json = Json.parse(frame.text().toString());
        String detail = "";
        String gap = "";
        switch (fault) {
            case MISFIT -> {
                detail = misfit(json, frame.content() == FrameContent.BOOK_DELTA);
                frame.clearTrades();
            }
            case SHUFFLE -> shuffle(json.get("data").list(), frame::swapTrades);
            case WHITE_SPACE -> gap = " ".repeat(1 + random.below(3));
            case UNKNOWN_KEYS -> json = withUnknownKeys(json);
            default -> json = withKeysShuffled(json);
        }
        StringBuilder text = new StringBuilder();
        json.write(text, gap);
        frame.text().clear().append(text.toString().getBytes(StandardCharsets.UTF_8));
        return detail;
    }

    /** Anything a line can hold; at times it begins like a frame. */
    private String garbage() {
        StringBuilder text = new StringBuilder(random.below(2) == 0 ? "{\"topic\":\"" : "");
        int length = 1 + random.below(400);
        for (int i = 0; i < length; i++) {
            text.appendCodePoint(
                    random.below(8) == 0 ? 0xa0 + random.below(0x2000) : ' ' + random.below(95));
        }
        return text.toString();
    }

    private String misfit(Json json, boolean book) {
        String quantity = random.below(2) == 0
                ? "\"0.00000000000000000000" + (1 + random.below(9)) + "\""
                : "\"" + (1 + random.below(9)) + "2345678901234567890123456789\"";
        Json data = json.get("data");
        if (book) {
            boolean bids = !data.get("b").list().isEmpty();
            List<Json> levels = data.get(bids ? "b" : "a").list();
            levels.get(random.below(levels.size())).list().set(1, new Json.Scalar(quantity));
        } else {
            Json trade = data instanceof Json.Items(List<Json> trades) ? trades.getFirst() : data;
            String name = trade.has("q") ? "q" : "v";
            ((Json.Members) trade).byName().put(name, new Json.Scalar(quantity));
        }
        return "quantity " + quantity.replace("\"", "");
    }

    private Json withUnknownKeys(Json json) {
        return switch (json) {
            case Json.Scalar scalar -> scalar;
            case Json.Items(List<Json> items) ->
                new Json.Items(new ArrayList<>(items.stream().map(this::withUnknownKeys).toList()));
            case Json.Members(LinkedHashMap<String, Json> byName) -> {
                LinkedHashMap<String, Json> members = new LinkedHashMap<>();
                byName.forEach((name, value) -> {
                    if (random.below(3) == 0) {
                        members.put("x" + random.below(1_000) + "y", unknownValue());
                    }
                    members.put(name, withUnknownKeys(value));
                });
                members.put("zz" + random.below(1_000), unknownValue());
                yield new Json.Members(members);
            }
        };
    }

    private Json unknownValue() {
        return Json.parse(switch (random.below(8)) {
            case 0 -> "null";
            case 1 -> "-1.5e-7";
            case 2 -> "\"\"";
            case 3 -> "\"a \\\"quoted\\\" ]} \\\\\"";
            case 4 -> "[]";
            case 5 -> "{\"p\":\"1\",\"q\":[[\"2\",{\"t\":3}],false]}";
            case 6 -> "\"caf\\u00e9 \u20ac\"";
            default -> "18446744073709551616";
        });
    }

    private Json withKeysShuffled(Json json) {
        return switch (json) {
            case Json.Scalar scalar -> scalar;
            case Json.Items(List<Json> items) -> new Json.Items(
                    new ArrayList<>(items.stream().map(this::withKeysShuffled).toList()));
            case Json.Members(LinkedHashMap<String, Json> byName) -> {
                List<Map.Entry<String, Json>> entries = new ArrayList<>(byName.entrySet());
                shuffle(entries, (one, other) -> {
                });
                LinkedHashMap<String, Json> members = new LinkedHashMap<>();
                entries.forEach(e -> members.put(e.getKey(), withKeysShuffled(e.getValue())));
                yield new Json.Members(members);
            }
        };
    }

    private interface Swap {
        void swap(int one, int other);
    }

    private void shuffle(List<?> list, Swap along) {
        for (int i = list.size() - 1; i > 0; i--) {
            int other = random.below(i + 1);
            Collections.swap(list, i, other);
            along.swap(i, other);
        }
    }
}
