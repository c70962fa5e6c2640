package com.waickoff.marketdata;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Checks, once a second while the engine runs, that every frame received was decoded, ignored or
 * rejected, and that every event published is in the journal or was left out of it by a declared
 * pause.
 *
 * <p>Frames are accounted for whenever their thread is at rest, which it is between two reads. Events
 * may be on their way where other threads journal them; then they are missing if they are so many
 * time after time, and too many if there are more than were published.
 *
 * <p>Threads: the feed thread. Allocates nothing unless something is wrong.
 */
final class Accounts {
    private static final long BETWEEN_CHECKS_NS = 1_000_000_000;
    private static final int CHECKS_ON_THE_WAY = 10;
    private static final String OWNER = "engine";

    private final CounterBlock[] blocks;
    private final Counter[] fates = Arrays.stream(Counter.values())
            .filter(counter -> counter == Counter.FRAMES_DECODED || counter.isIgnoredFrames()
                    || counter.isRejectedFrames())
            .toArray(Counter[]::new);
    private final int patience;
    private final CounterBlock counters;
    private final ErrorLog errors;
    private final Consumer<String> notes;
    private long dueNs = Long.MIN_VALUE;
    private long lastEvents;
    private int times;

    /**
     * Accounts that balance so far.
     *
     * @param blocks the counters of all owners
     * @param isInline whether the feed thread journals what it publishes
     * @param counters of the feed thread
     * @param notes hears of the first difference
     */
    Accounts(List<CounterBlock> blocks, boolean isInline, CounterBlock counters, ErrorLog errors,
            Consumer<String> notes) {
        this.blocks = blocks.toArray(CounterBlock[]::new);
        this.patience = isInline ? 1 : CHECKS_ON_THE_WAY;
        this.counters = counters;
        this.errors = errors;
        this.notes = notes;
    }

    /** Checks, if it is time. To be called when all that was read has been handled. */
    void timePassed(long nowNs) {
        if (nowNs >= dueNs) {
            dueNs = nowNs + BETWEEN_CHECKS_NS;
            check();
        }
    }

    /** Whether everything is accounted for, or may be on its way. */
    boolean check() {
        long journaled = sum(Counter.EVENTS_JOURNALED) + sum(Counter.LEVELS_NOT_JOURNALED);
        long events = sum(Counter.EVENTS_PUBLISHED) - journaled;
        long frames = sum(Counter.FRAMES_RECEIVED);
        for (Counter fate : fates) {
            frames -= sum(fate);
        }
        times = events != 0 && events == lastEvents ? times + 1 : 1;
        lastEvents = events;
        counters.increment(Counter.ACCOUNTS_CHECKED);
        boolean areEventsWrong = events < 0 || (events > 0 && times >= patience);
        if (frames == 0 && !areEventsWrong) {
            return true;
        }
        differSlowPath(frames, areEventsWrong ? events : 0);
        return false;
    }

    private void differSlowPath(long frames, long events) {
        if (sum(Counter.ACCOUNTS_WRONG) == 0) {
            notes.accept("not everything is accounted for: " + frames + " frames and " + events
                    + " events more came in than went out. This is a fault of the engine; see"
                    + " `stat`");
        }
        counters.increment(Counter.ACCOUNTS_WRONG);
        if (frames != 0) {
            errors.record(OWNER, "frames_not_accounted_for",
                    "frames received differ from frames decoded, ignored and rejected");
        }
        if (events != 0) {
            errors.record(OWNER, "events_not_accounted_for",
                    "events published differ from events journaled and left out");
        }
    }

    private long sum(Counter counter) {
        long sum = 0;
        for (CounterBlock block : blocks) {
            sum += block.get(counter);
        }
        return sum;
    }
}
