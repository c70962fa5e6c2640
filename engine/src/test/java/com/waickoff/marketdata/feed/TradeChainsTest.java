package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.event.InstrumentCatalogue;
import org.junit.jupiter.api.Test;

class TradeChainsTest {
    private static final int ID = 1;

    private final TradeChains chains = new TradeChains(new InstrumentCatalogue(2));

    @Test
    void shouldBeginWithWhateverComesFirst() {
        assertThat(chains.lastId(ID)).isEqualTo(TradeChains.NONE);
        assertThat(chains.isDuplicate(ID, 0)).isFalse();
        assertThat(chains.missingBefore(ID, 1_000_000)).isZero();
    }

    @Test
    void shouldCountWhatIsMissing() {
        chains.advance(ID, 100);

        assertThat(chains.missingBefore(ID, 101)).isZero();
        assertThat(chains.missingBefore(ID, 102)).isEqualTo(1);
        assertThat(chains.missingBefore(ID, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE - 101);
        assertThat(chains.missingBefore(0, 102)).as("of another instrument").isZero();
    }

    @Test
    void shouldKnowDuplicates() {
        chains.advance(ID, 100);

        assertThat(chains.isDuplicate(ID, 100)).isTrue();
        assertThat(chains.isDuplicate(ID, 1)).isTrue();
        assertThat(chains.isDuplicate(ID, 101)).isFalse();
        assertThat(chains.isDuplicate(0, 1)).isFalse();
    }

    @Test
    void shouldGoOnFromASeed() {
        chains.seed(ID, 41);

        assertThat(chains.lastId(ID)).isEqualTo(41);
        assertThat(chains.isDuplicate(ID, 41)).isTrue();
        assertThat(chains.missingBefore(ID, 44)).isEqualTo(2);
        chains.seed(ID, TradeChains.NONE);
        assertThat(chains.missingBefore(ID, 44)).isZero();
        assertThatThrownBy(() -> chains.seed(ID, -2)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-2");
    }

    @Test
    void shouldStartAnewOnlyWhereSomebodySaysSo() {
        chains.advance(ID, 100);
        assertThat(chains.isDuplicate(ID, 1)).isTrue();

        chains.startAnew(ID);

        assertThat(chains.isDuplicate(ID, 1)).isFalse();
        assertThat(chains.missingBefore(ID, 1)).isZero();
    }
}
