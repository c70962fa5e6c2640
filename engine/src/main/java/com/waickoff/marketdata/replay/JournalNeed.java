package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.journal.JournalConsumer;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What of a journal's files is still needed: what comes after the newest checkpoint, for a restart,
 * and what comes after the cursor of each registered consumer.
 *
 * @param fromSequence first sequence that somebody needs
 * @param who needs it, such as {@code a restart}
 */
public record JournalNeed(long fromSequence, String who) {
    /**
     * What is needed now.
     *
     * @param passedOver hears of each checkpoint that was not usable, and why
     * @return null if there is no checkpoint that verifies: then a restart needs all of it
     * @throws JournalException if it cannot be told how far a consumer is
     * @throws IOException if the checkpoints cannot be looked for
     */
    public static @Nullable JournalNeed of(JournalDirectory journal, long lastSequence,
            Consumer<String> passedOver) throws IOException {
        Checkpoint checkpoint = new CheckpointStore(journal.path()).newest(journal.journalId(),
                lastSequence, passedOver);
        if (checkpoint == null) {
            return null;
        }
        JournalNeed need = new JournalNeed(checkpoint.sequence() + 1, "a restart");
        for (JournalConsumer consumer : JournalConsumer.all(journal.path())) {
            long from = consumer.neededFrom(journal.journalId());
            if (from < need.fromSequence) {
                need = new JournalNeed(from, "the consumer " + consumer.name());
            }
        }
        return need;
    }
}
