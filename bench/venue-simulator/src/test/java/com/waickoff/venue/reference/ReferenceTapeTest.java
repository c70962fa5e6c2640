package com.waickoff.venue.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ReferenceTapeTest {
    private static final String NAME = "venue:X";

    private final ReferenceTape tape = new ReferenceTape(Map.of(NAME, BigDecimal.ONE), 1);

    @Test
    void shouldCutWindowsAtTheirUtcEdges() {
        tape.add(trade(59_999, "10", "1", true));
        tape.add(trade(60_000, "11", "2", false));

        List<ReferenceWindow> minutes = tape.windows(NAME, ReferenceTimeframe.M1);

        assertThat(minutes).extracting(ReferenceWindow::startMs).containsExactly(0L, 60_000L);
        assertThat(minutes.get(0).close()).isEqualByComparingTo("10");
        assertThat(minutes.get(1).open()).isEqualByComparingTo("11");
        assertThat(tape.windows(NAME, ReferenceTimeframe.D1)).hasSize(1);
    }

    @Test
    void shouldCarryTheCumulativeDeltaFromWindowToWindow() {
        tape.add(trade(0, "10", "5", true));
        tape.add(trade(1, "10", "2", false));
        tape.add(trade(120_000, "10", "4", false));

        List<ReferenceWindow> minutes = tape.windows(NAME, ReferenceTimeframe.M1);

        assertThat(minutes).extracting(w -> w.cvd().intValueExact()).containsExactly(3, -1);
    }

    @Test
    void shouldCountZeroAmongTheExtremesOfTheDelta() {
        tape.add(trade(0, "10", "5", true));
        tape.add(trade(1, "10", "2", false));

        ReferenceWindow window = tape.windows(NAME, ReferenceTimeframe.M1).getFirst();

        assertThat(window.minDelta()).isEqualByComparingTo("0");
        assertThat(window.maxDelta()).isEqualByComparingTo("5");
        assertThat(window.delta()).isEqualByComparingTo("3");
    }

    @Test
    void shouldOrderByMatchTimeThenArrivalWhereIdsDoNotChain() {
        tape.add(trade(20, "12", "1", true));
        tape.add(trade(10, "11", "1", true));
        tape.add(trade(20, "13", "1", true));

        ReferenceWindow window = tape.windows(NAME, ReferenceTimeframe.M1).getFirst();

        assertThat(window.open()).isEqualByComparingTo("11");
        assertThat(window.close()).isEqualByComparingTo("13");
    }

    @Test
    void shouldOrderByIdWhereIdsChain() {
        tape.add(new ReferenceTrade(NAME, 5, new BigDecimal("12"), BigDecimal.ONE, true,
                OptionalLong.of(2)));
        tape.add(new ReferenceTrade(NAME, 6, new BigDecimal("11"), BigDecimal.ONE, true,
                OptionalLong.of(1)));

        ReferenceWindow window = tape.windows(NAME, ReferenceTimeframe.M1).getFirst();

        assertThat(window.open()).isEqualByComparingTo("11");
        assertThat(window.close()).isEqualByComparingTo("12");
    }

    @Test
    void shouldRefuseInstrumentsWithoutATick() {
        assertThatThrownBy(() -> tape.add(ReferenceTrade.of("venue:Y", 0, BigDecimal.ONE,
                BigDecimal.ONE, true))).hasMessageContaining("venue:Y");
    }

    @Test
    void shouldExportPlainDecimals() {
        tape.add(trade(0, "100", "1.500", true));

        assertThat(ReferenceExport.windows(tape.windows())).hasSize(7).contains(
                "venue:X,15m,0,100,100,100,100,1.5,1.5,0,1.5,0,1.5,1.5,1,100,100,100");
        assertThat(ReferenceExport.profiles(tape.windows())).contains("venue:X,4h,0,100,1.5,0");
    }

    private static ReferenceTrade trade(long timeMs, String price, String quantity, boolean buy) {
        return ReferenceTrade.of(NAME, timeMs, new BigDecimal(price), new BigDecimal(quantity),
                buy);
    }
}
