package com.waickoff.marketdata.coverage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.snapshot.CoverageStamp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InstrumentCoverageTest {
    private static final CoverageConfig SMALL = new CoverageConfig(8);

    private final InstrumentCoverage chained = new InstrumentCoverage(true, SMALL);
    private final InstrumentCoverage timed = new InstrumentCoverage(false, SMALL);

    @Test
    void shouldCoverNothingBeforeTheFeedFirstCameUp() {
        assertEquals("[0,open)", text(timed));

        timed.onFeedUp(5_000, 1);

        assertEquals("[0,5000)", text(timed));
    }

    @Test
    void shouldUncoverFromTheLastTradeToTheNextWhereIdsAreMissing() {
        chained.onFeedUp(5_000, 1);
        chained.onTrade(6_000, 10);
        chained.onGap(11, 13);
        assertEquals("[0,5000) [6000,open)", text(chained));

        chained.onTrade(9_000, 14);
        chained.onTrade(9_500, 15);

        assertEquals("[0,5000) [6000,9000)", text(chained));
        assertEquals(1, chained.gaps());
    }

    @Test
    void shouldCoverAGapAgainOnlyWhenEveryMissingTradeWasFetched() {
        chained.onFeedUp(5_000, 1);
        chained.onTrade(6_000, 10);
        chained.onGap(11, 12);
        chained.onTrade(9_000, 13);

        chained.onRepairedTrades(11, 1);
        assertEquals("[0,5000) [6000,9000)", text(chained));
        chained.onRepairedTrades(12, 1);

        assertEquals("[0,5000)", text(chained));
        assertEquals(2, chained.repairedTrades());
        assertEquals(1, chained.repairedGaps());
    }

    @Test
    void shouldCoverADisconnectionWhoseChainOfIdsGoesOn() {
        chained.onFeedUp(5_000, 1);
        chained.onTrade(6_000, 10);
        chained.onFeedDown();
        assertEquals("[0,5000) [6000,open)", text(chained));
        chained.onFeedUp(8_000, 2);
        assertEquals("[0,5000) [6000,open)", text(chained));

        chained.onTrade(9_000, 11);

        assertEquals("[0,5000)", text(chained));
    }

    @Test
    void shouldUncoverADisconnectionWhoseChainOfIdsHasAHole() {
        chained.onFeedUp(5_000, 1);
        chained.onTrade(6_000, 10);
        chained.onFeedDown();
        chained.onFeedUp(8_000, 2);
        chained.onGap(11, 20);

        chained.onTrade(9_000, 21);

        assertEquals("[0,5000) [6000,9000)", text(chained));
    }

    @Test
    void shouldUncoverADisconnectionUpToTheNextFeedWhereIdsDoNotChain() {
        timed.onFeedUp(5_000, 1);
        timed.onTrade(6_000, 77);
        timed.onFeedDown();

        timed.onFeedUp(8_000, 2);

        assertEquals("[0,5000) [6000,8000)", text(timed));
        timed.onTrade(9_000, 3);
        assertEquals("[0,5000) [6000,8000)", text(timed));
    }

    @Test
    void shouldUncoverFromTheFirstFrameWhenAFeedWentDownBeforeAnyTrade() {
        chained.onFeedUp(5_000, 1);
        chained.onFeedDown();

        chained.onFeedUp(8_000, 2);

        assertEquals("[0,5000) [5000,8000)", text(chained));
    }

    @Test
    void shouldUncoverTheMillisecondThatTheMissingTradesShare() {
        chained.onFeedUp(5_000, 1);
        chained.onTrade(6_000, 10);
        chained.onGap(11, 11);

        chained.onTrade(6_000, 12);

        assertEquals("[0,5000) [6000,6001)", text(chained));
    }

    @Test
    void shouldReachIntoAMinuteThatBeginsWithTheFirstTradeAfterAGap() {
        chained.onFeedUp(5_000, 1);
        chained.onTrade(59_000, 10);
        chained.onGap(11, 11);

        chained.onTrade(60_000, 12);

        assertEquals("[0,5000) [59000,60001)", text(chained));
    }

    @Test
    void shouldErrOnTheSideOfUncoveredWhenThereAreTooManyGaps() {
        timed.onFeedUp(5_000, 1);
        for (int i = 1; i <= 20; i++) {
            timed.onTrade(10_000L * i, i);
            timed.onGap();
            timed.onTrade(10_000L * i + 1_000, i);
        }
        assertEquals(8, timed.count());
        assertEquals(0, timed.fromMs(0));
        assertEquals(131_000, timed.toMs(0));
        assertEquals(140_000, timed.fromMs(1));
        CoverageStamp stamp = CoverageStamp.of(60_000, 120_000, 300_000_000_000L, false, timed,
                0);
        assertEquals(0, stamp.ppm());
    }

    @Test
    void shouldGoOnAfterACheckpointAsIfNothingHadHappened() throws IOException {
        Random random = new Random(3);
        InstrumentCoverage restored = new InstrumentCoverage(true, SMALL);
        long timeMs = 5_000;
        long id = 1;
        for (int i = 0; i < 2_000; i++) {
            if (i == 1_000) {
                restored.readFrom(new DataInputStream(new ByteArrayInputStream(bytes(chained))));
            }
            timeMs += random.nextInt(500);
            int choice = random.nextInt(20);
            long missing = 1 + random.nextInt(3);
            for (InstrumentCoverage coverage : i < 1_000 ? new InstrumentCoverage[]{chained}
                    : new InstrumentCoverage[]{chained, restored}) {
                switch (choice) {
                    case 0 -> coverage.onFeedUp(timeMs, i);
                    case 1 -> coverage.onFeedDown();
                    case 2 -> coverage.onGap(id, id + missing - 1);
                    case 3 -> coverage.onRepairedTrades(Math.max(1, id - 2), 1);
                    default -> coverage.onTrade(timeMs, id);
                }
            }
            id += choice == 2 ? missing : 1;
        }
        assertTrue(chained.gaps() > 50);
        assertEquals(text(chained), text(restored));
    }

    private static byte[] bytes(InstrumentCoverage coverage) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        coverage.writeTo(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private static String text(InstrumentCoverage coverage) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < coverage.count(); i++) {
            long to = coverage.toMs(i);
            text.append(i == 0 ? "" : " ").append('[').append(coverage.fromMs(i)).append(',')
                    .append(to == InstrumentCoverage.OPEN_END ? "open" : String.valueOf(to))
                    .append(')');
        }
        return text.toString();
    }
}
