package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.segment.Segments;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What reading every segment of a journal found.
 *
 * @param soundSegments documents of those that are as they were sealed
 * @param infos their manifests
 * @param problems what is wrong with the others
 */
record SegmentAudit(Segments soundSegments, List<SegmentInfo> infos, List<String> problems) {
    /** Reads them all. */
    static SegmentAudit of(JournalDirectory journal) {
        Segments segments = new Segments(journal);
        List<SegmentInfo> infos = new ArrayList<>();
        List<Path> damaged = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (JournalQueue queue : JournalQueue.values()) {
            for (Path path : segments.paths(queue)) {
                try {
                    infos.add(segments.verify(path));
                } catch (JournalException e) {
                    damaged.add(path);
                    problems.add(String.valueOf(e.getMessage()));
                }
            }
        }
        return new SegmentAudit(segments.without(damaged), infos, problems);
    }

    /** The sound ones; empty if there is none. */
    Optional<Table> table() {
        return infos.isEmpty() ? Optional.empty() : Optional.of(table(infos));
    }

    static Table table(List<SegmentInfo> infos) {
        Table table = new Table(Table.left("queue"), Table.left("segment"),
                Table.right("documents"), Table.right("events"), Table.left("sequence"),
                Table.right("bytes"), Table.right("were"));
        for (SegmentInfo info : infos) {
            table.row(info.queue().directoryName(), info.path().getFileName().toString(),
                    Figures.count(info.documents()), Figures.count(info.events()),
                    Figures.count(info.firstSequence()) + " to "
                            + Figures.count(info.endSequence() - 1),
                    Figures.bytes(info.fileBytes()), Figures.bytes(info.documentBytes()));
        }
        return table;
    }
}
