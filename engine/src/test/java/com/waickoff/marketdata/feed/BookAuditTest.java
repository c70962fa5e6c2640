package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.math.BigDecimal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is held against a published book, and when. */
class BookAuditTest {
    private static final int NO_BOUND = Integer.MAX_VALUE;

    private final CounterBlock counters = CounterBlock.onHeap("test");
    private final InstrumentFeed instrument = new InstrumentFeed(
            InstrumentSource.of(Venue.BYBIT_LINEAR, "BTCUSDT", new BigDecimal("0.1"),
                    new BigDecimal("0.001"), "BTC", "USDT", BigDecimal.ONE),
            64);
    private final BookCheck check = new BookCheck();
    private final BookAudit audit = new BookAudit(this::look, counters);
    // The published book.
    private boolean isThere = true;
    private long updateId = 10;
    private boolean isSynced = true;
    private int wholeLevels = 7;
    private long bestBid = 99;
    private long bestAsk = 101;

    @BeforeEach
    void join() {
        instrument.isBookReady = true;
    }

    private boolean look(int id, BookPicture picture) {
        assertThat(id).isEqualTo(instrument.id);
        picture.begin(updateId, isSynced, wholeLevels, 3);
        for (int i = 0; i < wholeLevels; i++) {
            picture.addBid(bestBid - i, 5 + i);
        }
        for (int i = 0; i < 3; i++) {
            picture.addAsk(bestAsk + i, 8 + i);
        }
        return isThere;
    }

    /** What the venue tells, with so many bids and asks, the best bid of this quantity. */
    private void said(long key, int levels, int bids, int asks, long quantity) {
        BookPicture said = check.begin(key, levels);
        for (int i = 0; i < bids; i++) {
            said.addBid(99 - i, i == 0 ? quantity : 5 + i);
        }
        for (int i = 0; i < asks; i++) {
            said.addAsk(101 + i, 8 + i);
        }
        check.hold();
    }

    @Test
    void shouldCompareWhatIsEqual() {
        said(10, 5, 5, 3, 5); // fewer asks than could be told, and the book has no more
        assertThat(audit.agrees(instrument, check, 10, 10)).isTrue();
        said(77, 1, 1, 1, 5);
        assertThat(audit.agrees(instrument, check, 77, 10)).isTrue();

        assertCounted(2, 0);
        assertThat(check.isHeld()).isFalse();
    }

    @Test
    void shouldFindEveryDifference() {
        said(10, 5, 5, 3, 6);
        assertThat(audit.agrees(instrument, check, 10, 10)).as("a quantity").isFalse();
        said(10, 5, 4, 3, 5);
        assertThat(audit.agrees(instrument, check, 10, 10)).as("a bid too many").isFalse();
        said(10, 5, 5, 2, 5);
        assertThat(audit.agrees(instrument, check, 10, 10)).as("an ask too many").isFalse();
        bestAsk = 102;
        said(10, 1, 1, 1, 5);
        assertThat(audit.agrees(instrument, check, 10, 10)).as("a price").isFalse();

        assertCounted(4, 4);
    }

    @Test
    void shouldHoldWhatWasToldUntilTheBookStandsThere() {
        said(10, 5, 5, 3, 6);
        assertThat(audit.agrees(instrument, check, 9, 9)).as("too early").isTrue();
        updateId = 9;
        assertThat(audit.agrees(instrument, check, 10, 10)).as("not shown yet").isTrue();
        isThere = false;
        assertThat(audit.agrees(instrument, check, 10, 10)).as("being written").isTrue();
        assertThat(check.isHeld()).isTrue();

        isThere = true;
        updateId = 10;
        isSynced = false;
        assertThat(audit.agrees(instrument, check, 10, 10)).as("on its way").isTrue();
        isSynced = true;
        assertThat(audit.agrees(instrument, check, 10, 10)).isFalse();
        assertCounted(1, 1);
    }

    @Test
    void shouldLetGoWhatTheBookHasPassed() {
        said(10, 5, 5, 3, 6);

        assertThat(audit.agrees(instrument, check, 11, 11)).isTrue();

        assertThat(check.isHeld()).isFalse();
        assertCounted(0, 0);
    }

    @Test
    void shouldFindMoreLevelsThanTheVenueKeeps() {
        assertThat(audit.isSound(instrument, check, 10, 7)).isTrue();
        assertThat(audit.isSound(instrument, check, 10, 6)).isFalse();
        assertCounted(0, 1);
    }

    @Test
    void shouldFindABookThatStaysCrossed() {
        bestBid = 101;
        for (int i = 0; i < 10; i++) {
            assertThat(audit.isSound(instrument, check, 10, NO_BOUND)).as("one update").isTrue();
        }
        updateId = 11;
        assertThat(audit.isSound(instrument, check, 11, NO_BOUND)).isTrue();
        bestBid = 99;
        assertThat(audit.isSound(instrument, check, 11, NO_BOUND)).as("mended").isTrue();
        bestBid = 102;
        for (updateId = 12; updateId < 14; updateId++) {
            assertThat(audit.isSound(instrument, check, updateId, NO_BOUND)).isTrue();
        }
        assertThat(audit.isSound(instrument, check, updateId, NO_BOUND)).isFalse();
        assertCounted(0, 1);
    }

    @Test
    void shouldFindABookThatItsKeeperHasGivenUp() {
        isSynced = false;
        assertThat(audit.isSound(instrument, check, 10, NO_BOUND)).isTrue();
        assertThat(audit.isSound(instrument, check, 10, NO_BOUND)).isTrue();
        assertThat(audit.isSound(instrument, check, 10, NO_BOUND)).isFalse();
        instrument.isBookReady = false;
        for (int i = 0; i < 5; i++) {
            assertThat(audit.isSound(instrument, check, 10, NO_BOUND)).as("known").isTrue();
        }
        assertCounted(0, 1);
    }

    @Test
    void shouldBeOffWhereNobodyKeepsBooks() {
        assertThat(new BookAudit(BookView.NOTHING, counters).isOn()).isFalse();
        assertThat(audit.isOn()).isTrue();
    }

    private void assertCounted(long checks, long mismatches) {
        assertThat(counters.get(Counter.BOOK_CHECKS)).isEqualTo(checks);
        assertThat(counters.get(Counter.BOOK_MISMATCHES)).isEqualTo(mismatches);
    }
}
