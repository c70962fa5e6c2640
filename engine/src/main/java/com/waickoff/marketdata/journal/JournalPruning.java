package com.waickoff.marketdata.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the oldest files of a journal may go. What stays is a journal that begins at a later
 * sequence: it is cut where a file of the tape begins, for only there stands what was defined
 * before.
 *
 * <pre>
 *   tape    [ 1 ............ 400 ] [ 401 ........... 900 ] [ 901 ..
 *   depth   [ 2 .. 199 ] [ 203 .. 398 ] [ 403 .. 700 ] [ 705 .. 950 ] [ 960 ..
 *                                  cut at 401: the first of the tape goes, and two of the depth
 * </pre>
 *
 * <p>An engine may be appending meanwhile: the newest file of each queue stays. The tape's files go
 * first, the oldest before the next, so that what is left after every step is a journal.
 *
 * @param cut first sequence that stays; 0 if nothing goes
 * @param removed what goes, in this order
 */
public record JournalPruning(long cut, List<CycleContent> removed) {
    /** Copies the list. */
    public JournalPruning {
        removed = List.copyOf(removed);
    }

    /**
     * What may go of the files whose events were all received before a time.
     *
     * @param neededFrom first sequence that somebody still needs
     * @param beforeNs in ns since the epoch
     */
    public static JournalPruning before(JournalInventory inventory, long neededFrom,
            long beforeNs) {
        JournalPruning last = new JournalPruning(0, List.of());
        for (JournalPruning pruning : cuts(inventory, neededFrom)) {
            if (pruning.removed.stream()
                    .anyMatch(cycle -> cycle.lastReceiveTimeNs() >= beforeNs)) {
                break;
            }
            last = pruning;
        }
        return last;
    }

    /**
     * What must go, as far as it may, for the rest to take no more than so many bytes.
     *
     * @param neededFrom first sequence that somebody still needs
     */
    public static JournalPruning toBytes(JournalInventory inventory, long neededFrom,
            long keptBytes) {
        JournalPruning last = new JournalPruning(0, List.of());
        for (JournalPruning pruning : cuts(inventory, neededFrom)) {
            if (inventory.usedBytes() - last.bytes() <= keptBytes) {
                break;
            }
            last = pruning;
        }
        return last;
    }

    /** Bytes that go. */
    public long bytes() {
        return removed.stream().mapToLong(CycleContent::usedBytes).sum();
    }

    /** Events that go. */
    public long events() {
        return removed.stream().mapToLong(CycleContent::events).sum();
    }

    /** Removes the files; one that is gone already is no fault. */
    public void carryOut(Path journal) throws IOException {
        for (CycleContent cycle : removed) {
            Files.deleteIfExists(journal.resolve(cycle.queue().directoryName())
                    .resolve(cycle.fileName()));
        }
    }

    /** Every cut there may be, each with what goes; the earliest first. */
    private static List<JournalPruning> cuts(JournalInventory inventory, long neededFrom) {
        List<CycleContent> tape = inventory.cycles(JournalQueue.TAPE);
        List<CycleContent> depth = inventory.cycles(JournalQueue.DEPTH);
        List<JournalPruning> cuts = new ArrayList<>();
        for (int i = 1; i < tape.size(); i++) {
            CycleContent first = tape.get(i);
            if (first.documents() == 0 || first.firstSequence() > neededFrom) {
                break;
            }
            if (!first.hasHead()) {
                continue;
            }
            List<CycleContent> removed = new ArrayList<>(tape.subList(0, i));
            for (CycleContent cycle : depth.subList(0, Math.max(0, depth.size() - 1))) {
                if (cycle.endSequence() > first.firstSequence()) {
                    break;
                }
                removed.add(cycle);
            }
            cuts.add(new JournalPruning(first.firstSequence(), removed));
        }
        return cuts;
    }
}
