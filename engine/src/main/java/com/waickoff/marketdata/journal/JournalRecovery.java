package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventKind;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What opening a journal found at its end.
 *
 * @param nextSequence of the next event
 * @param loss events that are missing from one queue although the other goes on after them, as a
 *     crash of the machine can do it; declared now; null if there are none
 */
public record JournalRecovery(long nextSequence, @Nullable SequenceRange loss) {
    /**
     * Documents looked at beyond the end of the other queue. Where events are missing among so many,
     * all from that end on are declared; where none are, none are before.
     */
    private static final int LOOK_BACK = CycleCheck.REMEMBERED;

    static JournalRecovery of(QueueEnd tape, QueueEnd depth) throws IOException {
        long end = Math.max(tape.endSequence(), depth.endSequence());
        Walk walk = new Walk(end, Math.min(tape.endSequence(), depth.endSequence()));
        boolean isTapeAhead = tape.endSequence() == end;
        if (walk.expected > walk.floor) {
            (isTapeAhead ? tape : depth).backwards(walk);
            walk.onEnd(isTapeAhead);
        }
        return new JournalRecovery(end, walk.loss);
    }

    /**
     * From the end of the queue that leads back to where the other one ends. In between, every
     * sequence must be in the queue that leads, unless levels were left out.
     */
    private static final class Walk implements QueueEnd.Visitor {
        private final long floor;
        private long expected;
        private @Nullable SequenceRange loss;
        private int looked;
        private boolean isSettled;
        private boolean isFarEnough;

        Walk(long end, long floor) {
            this.floor = floor;
            expected = end;
        }

        @Override
        public boolean onDocument(byte kind, long sequence, long endSequence) {
            if (kind == EventKind.DEPTH_PAUSED) {
                loss = null;
                isSettled = true;
            } else {
                note(endSequence);
                expected = sequence;
                isSettled = kind == EventKind.DEPTH_RESUMED;
                isFarEnough = ++looked == LOOK_BACK;
            }
            return !isSettled && !isFarEnough && expected > floor;
        }

        /** What precedes the oldest document of the tape was pruned, and is no loss. */
        void onEnd(boolean isTapeAhead) {
            boolean isAtTheOldest = !isSettled && !isFarEnough;
            if ((isAtTheOldest && !isTapeAhead) || (isFarEnough && loss != null)) {
                note(floor);
            }
        }

        private void note(long end) {
            if (end < expected) {
                SequenceRange later = loss;
                loss = new SequenceRange(Math.max(end, floor),
                        later == null ? expected - 1 : later.last());
            }
        }
    }
}
