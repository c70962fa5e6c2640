package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final CounterBlock feed = CounterBlock.onHeap("feed");
    private final CounterBlock journal = CounterBlock.onHeap("journal");
    private final CounterBlock own = CounterBlock.onHeap("engine");
    private final ErrorLog errors = ErrorLog.onHeap(() -> 1);
    private final List<String> notes = new ArrayList<>();

    @Test
    void shouldBalanceWithLevelsThatWereLeftOut() {
        Accounts accounts = accounts(true);
        feed.add(Counter.FRAMES_RECEIVED, 5);
        feed.add(Counter.FRAMES_DECODED, 3);
        feed.increment(Counter.IGNORED_EMPTY);
        feed.increment(Counter.REJECTED_MALFORMED);
        feed.add(Counter.EVENTS_PUBLISHED, 10);
        journal.add(Counter.EVENTS_JOURNALED, 7);
        journal.add(Counter.LEVELS_NOT_JOURNALED, 3);

        assertTrue(accounts.check());
        assertEquals(1, own.get(Counter.ACCOUNTS_CHECKED));
        assertEquals(0, own.get(Counter.ACCOUNTS_WRONG));
        assertTrue(errors.read().isEmpty());
    }

    @Test
    void shouldSayLoudlyThatAFrameIsMissing() {
        Accounts accounts = accounts(true);
        feed.increment(Counter.FRAMES_RECEIVED);

        assertFalse(accounts.check());
        assertFalse(accounts.check());
        assertEquals(2, own.get(Counter.ACCOUNTS_WRONG));
        assertEquals("frames_not_accounted_for", errors.read().getFirst().code());
        assertEquals(2, errors.read().getFirst().count());
        assertEquals(1, notes.size());
        assertTrue(notes.getFirst().contains("1 frames and 0 events"), notes.getFirst());
    }

    @Test
    void shouldMissAnEventAtOnceWhereItsThreadJournalsIt() {
        feed.increment(Counter.EVENTS_PUBLISHED);
        assertFalse(accounts(true).check());
        assertEquals("events_not_accounted_for", errors.read().getFirst().code());
    }

    @Test
    void shouldGrantTimeToEventsThatAreOnTheirWayToAnotherThread() {
        Accounts accounts = accounts(false);
        feed.add(Counter.EVENTS_PUBLISHED, 3);
        for (int check = 0; check < 9; check++) {
            assertTrue(accounts.check());
        }
        assertFalse(accounts.check());

        journal.increment(Counter.EVENTS_JOURNALED);
        assertTrue(accounts.check(), "something moves");
        journal.add(Counter.EVENTS_JOURNALED, 3);
        assertFalse(accounts.check(), "more than was published");
    }

    @Test
    void shouldCheckOnceASecond() {
        Accounts accounts = accounts(true);
        for (long nowNs = SECOND_NS; nowNs < 4 * SECOND_NS; nowNs += SECOND_NS / 10) {
            accounts.timePassed(nowNs);
        }
        assertEquals(3, own.get(Counter.ACCOUNTS_CHECKED));
    }

    private Accounts accounts(boolean isInline) {
        return new Accounts(List.of(feed, journal, own), isInline, own, errors, notes::add);
    }
}
