package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventKind;
import org.jspecify.annotations.Nullable;

/**
 * What opening a journal found at its end.
 *
 * @param nextSequence of the next event
 * @param loss events that are missing from one queue although the other goes on after them, as a
 *     crash of the machine can do it; declared now; null if there are none
 */
public record JournalRecovery(long nextSequence, @Nullable SequenceRange loss) {
    /** Documents looked at beyond the end of the other queue; a loss reaches less far back. */
    private static final int LOOK_BACK = 100_000;

    static JournalRecovery of(ChronicleAppender tape, ChronicleAppender depth) {
        long tapeEnd = endOf(JournalQueue.TAPE, tape);
        long depthEnd = endOf(JournalQueue.DEPTH, depth);
        boolean tapeLeads = tapeEnd >= depthEnd;
        Walk walk = new Walk(tapeLeads ? JournalQueue.TAPE : JournalQueue.DEPTH,
                Math.max(tapeEnd, depthEnd), Math.min(tapeEnd, depthEnd));
        if (walk.expected > walk.floor) {
            (tapeLeads ? tape : depth).backwards(walk::onDocument);
            walk.onEnd();
        }
        return new JournalRecovery(Math.max(tapeEnd, depthEnd), walk.loss);
    }

    private static long endOf(JournalQueue queue, ChronicleAppender appender) {
        long[] end = {1};
        appender.backwards((document, length) -> {
            check(queue, document, length);
            end[0] = JournalFormat.endSequence(document);
            return false;
        });
        return end[0];
    }

    private static void check(JournalQueue queue, long document, int length) {
        String fault = JournalFormat.fault(queue, document, length);
        if (fault == null && !new Checksum().isSealed(document, length)) {
            fault = "its checksum is wrong: the file is damaged";
        }
        if (fault != null) {
            throw new JournalException("a document at the end of the " + queue.directoryName()
                    + ": " + fault + ". See what is left by `journal verify`; the engine goes on in"
                    + " an empty directory");
        }
    }

    /**
     * From the end of the queue that leads back to where the other one ends. In between, every
     * sequence must be in the queue that leads, unless levels were left out.
     */
    private static final class Walk {
        private final JournalQueue queue;
        private final long floor;
        private long expected;
        private @Nullable SequenceRange loss;
        private int looked;
        private boolean isSettled;

        Walk(JournalQueue queue, long end, long floor) {
            this.queue = queue;
            this.floor = floor;
            expected = end;
        }

        boolean onDocument(long document, int length) {
            check(queue, document, length);
            byte kind = JournalFormat.kind(document);
            if (kind == EventKind.DEPTH_PAUSED) {
                loss = null;
                isSettled = true;
            } else {
                note(JournalFormat.endSequence(document));
                expected = JournalFormat.sequence(document);
                isSettled = kind == EventKind.DEPTH_RESUMED || ++looked == LOOK_BACK;
            }
            return !isSettled && expected > floor;
        }

        void onEnd() {
            if (!isSettled) {
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
