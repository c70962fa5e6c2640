package com.waickoff.marketdata.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BarTest {
    private static final long SEED = Long.getLong("test.seed", 20261121L);
    private static final SplittableRandom RANDOM = new SplittableRandom(SEED);

    private record Trade(long key, long price, long quantity, int traits) {}

    /** Gaps that are filled later, at the start, in the middle, and some of them never. */
    @RepeatedTest(200)
    void shouldPutWhatComesLateWhereItBelongs() throws IOException {
        SplittableRandom random = RANDOM.split();
        List<Trade> tape = new ArrayList<>();
        for (int key = 1; key <= 300; key++) {
            tape.add(new Trade(key, 1_000 + random.nextInt(50), 1 + random.nextInt(9),
                    random.nextInt(2)));
        }
        Bar bar = new Bar();
        List<List<Trade>> gaps = new ArrayList<>();
        List<Trade> lost = new ArrayList<>();
        List<Trade> gap = lost;
        boolean isInGap = false;
        for (int at = 0; at < tape.size();) {
            int length = Math.min(random.nextInt(40), tape.size() - at);
            List<Trade> piece = tape.subList(at, at + length);
            at += length;
            if (random.nextInt(2) == 0 && at < tape.size()) {
                if (!isInGap) {
                    gap = random.nextInt(5) == 0 ? lost : newGap(gaps);
                }
                gap.addAll(piece);
                isInGap = true;
                bar.onGap();
                continue;
            }
            isInGap &= piece.isEmpty();
            addAll(bar, piece);
            if (random.nextInt(3) == 0 && !gaps.isEmpty() && !isInGap) {
                addAll(bar, gaps.remove(random.nextInt(gaps.size())));
            }
            if (random.nextInt(5) == 0) {
                bar = copy(bar);
            }
        }
        for (List<Trade> late : gaps) {
            addAll(bar, late);
        }
        Bar expected = new Bar();
        tape.stream().filter(trade -> !lost.contains(trade)).forEach(trade -> add(expected, trade));
        assertThat(figures(bar)).as("seed " + SEED).isEqualTo(figures(expected));
    }

    @Test
    void shouldSayThatThePlaceOfATradeIsNotKnown() {
        Bar bar = new Bar();
        add(bar, new Trade(10, 100, 1, Bar.BUY));
        add(bar, new Trade(12, 100, 1, Bar.BUY));

        assertThat(add(bar, new Trade(11, 100, 1, Bar.BUY))).isFalse();
        assertThat(bar.trades()).isEqualTo(3);
        assertThat(bar.maxDelta()).isEqualTo(3);
    }

    @Test
    void shouldStayWholeWithMoreGapsThanItHasSeams() {
        Bar bar = new Bar();
        for (int i = 0; i < 3 * EarlierParts.CAPACITY; i++) {
            add(bar, new Trade(10L * i, 100, 2, i % 2));
            bar.onGap();
        }

        assertThat(add(bar, new Trade(11, 100, 5, Bar.BUY))).isFalse();
        assertThat(add(bar, new Trade(30L * EarlierParts.CAPACITY - 19, 100, 5, Bar.BUY))).isTrue();
        assertThat(bar.volume()).isEqualTo(6L * EarlierParts.CAPACITY + 10);
    }

    private static List<Trade> newGap(List<List<Trade>> gaps) {
        gaps.add(new ArrayList<>());
        return gaps.getLast();
    }

    private static void addAll(Bar bar, List<Trade> trades) {
        for (Trade trade : trades) {
            assertThat(add(bar, trade)).isTrue();
        }
    }

    private static boolean add(Bar bar, Trade trade) {
        PriceMoments value = new PriceMoments();
        value.set(trade.price, trade.quantity);
        return bar.add(trade.price, trade.quantity, value, trade.traits, trade.key, 1);
    }

    private static Bar copy(Bar bar) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bar.writeTo(new DataOutputStream(bytes));
        Bar copy = new Bar();
        copy.readFrom(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return copy;
    }

    private static List<Long> figures(Bar bar) {
        return List.of(bar.open(), bar.high(), bar.low(), bar.close(), bar.volume(),
                bar.buyVolume(), bar.delta(), bar.minDelta(), bar.maxDelta(), bar.trades());
    }
}
