package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.journal.CycleContent;
import com.waickoff.marketdata.journal.CycleContent.State;
import com.waickoff.marketdata.journal.InstrumentContent;
import com.waickoff.marketdata.journal.JournalConsumer;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalInventory;
import com.waickoff.marketdata.journal.JournalQueue;
import com.waickoff.marketdata.replay.Checkpoint;
import com.waickoff.marketdata.replay.CheckpointStore;
import com.waickoff.marketdata.report.Json;
import com.waickoff.marketdata.segment.SegmentInfo;
import com.waickoff.marketdata.segment.Segments;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waickoff journal list}. */
@Command(name = "list",
        description = {"Lists the files of a journal: when their events were received, which they"
                + " are, how much they take and how they end; then who still needs them. Reads the"
                + " heads of documents only, so it does not say whether they are sound: verify"
                + " does. Changes nothing; an engine may be writing meanwhile.",
                "Ends with 0, or with 1 if a file is damaged or cut off as far as can be seen."},
        footer = {"  waickoff journal list data/journal",
                "  waickoff journal list data/journal --sizes",
                "  waickoff journal list data/journal --json"})
final class JournalListCommand extends CommandBase {
    private static final long NS_PER_MS = 1_000_000L;
    private static final String FILE_SUFFIX = ".cq4";
    private static final int YEAR_LENGTH = "2026-".length();
    private static final int LABEL_COLUMNS = 12;

    @Parameters(index = "0", paramLabel = "DIR", description = "The journal's directory.")
    private Path directory = Path.of("");
    @Option(names = "--sizes",
            description = "Also the bytes that a trade and a book level take, and a day of each"
                    + " instrument at the rate of what is there.")
    private boolean sizes;
    @Option(names = "--json", description = "One line of JSON instead, with everything in it.")
    private boolean json;
    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    JournalListCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws CommandException, IOException {
        JournalDirectory journal = JournalAccess.open(shell().resolve(directory));
        JournalInventory inventory = JournalAccess.inventory(journal, shell(), quiet);
        Checkpoint checkpoint = new CheckpointStore(journal.path()).newest(journal.journalId(),
                inventory.nextSequence() - 1, passedOver -> {});
        List<JournalConsumer> consumers = consumers(journal);
        List<SegmentInfo> segments = segments(journal);
        if (json) {
            print(asJson(journal, inventory, checkpoint, consumers, segments));
        } else {
            if (!segments.isEmpty()) {
                SegmentAudit.table(segments).lines(ink()).forEach(this::print);
                print("");
            }
            print(journal, inventory, checkpoint, consumers);
        }
        return inventory.cycles().stream()
                .allMatch(cycle -> cycle.state() == State.OPEN || cycle.state() == State.CLOSED)
                        ? ExitCode.OK : ExitCode.FINDING;
    }

    private static List<JournalConsumer> consumers(JournalDirectory journal)
            throws CommandException {
        try {
            return JournalConsumer.all(journal.path());
        } catch (JournalException failure) {
            throw JournalAccess.refused(journal.path(), failure);
        }
    }

    private static List<SegmentInfo> segments(JournalDirectory journal) throws CommandException {
        List<SegmentInfo> infos = new ArrayList<>();
        try {
            for (JournalQueue queue : JournalQueue.values()) {
                for (Path path : new Segments(journal).paths(queue)) {
                    infos.add(Segments.infoOf(path));
                }
            }
        } catch (JournalException failure) {
            throw JournalAccess.refused(journal.path(), failure);
        }
        return infos;
    }

    private void print(JournalDirectory journal, JournalInventory inventory,
            @Nullable Checkpoint checkpoint, List<JournalConsumer> consumers) {
        for (JournalQueue queue : JournalQueue.values()) {
            files(queue, inventory.cycles(queue)).lines(ink()).forEach(this::print);
            print("");
        }
        print("events      " + Figures.count(inventory.events())
                + (inventory.events() == 0 ? ""
                        : ", sequence " + Figures.count(inventory.firstSequence()) + " to "
                                + Figures.count(inventory.nextSequence() - 1)));
        for (JournalQueue queue : JournalQueue.values()) {
            List<CycleContent> cycles = inventory.cycles(queue);
            print(Shown.left(queue.directoryName(), LABEL_COLUMNS) + Figures.count(cycles.size())
                    + " files, "
                    + Figures.bytes(cycles.stream().mapToLong(CycleContent::usedBytes).sum())
                    + (queue == JournalQueue.TAPE
                            ? ", a file lasts " + journal.config().tapeCycle()
                            : ", a file lasts " + journal.config().depthCycle())
                            .toLowerCase(Locale.ROOT).replace('_', ' '));
        }
        print("checkpoint  " + (checkpoint == null ? "none that verifies"
                : "at " + Figures.count(checkpoint.sequence())));
        for (JournalConsumer consumer : consumers) {
            print("consumer    " + consumer.name() + (consumer.journalId() == journal.journalId()
                    ? " is done with " + Figures.count(consumer.sequence()) + ", "
                            + Figures.count(inventory.nextSequence() - 1 - consumer.sequence())
                            + " behind"
                    : " read another journal before"));
        }
        if (sizes) {
            print("");
            sizes(inventory).lines(ink()).forEach(this::print);
        }
    }

    /** At 80 columns there is no room for the year, which is in the file's name. */
    private static Table files(JournalQueue queue, List<CycleContent> cycles) {
        Table table = new Table(Table.left(queue.directoryName()), Table.left("received"),
                Table.left("for"), Table.right("sequence"), Table.right("events"),
                Table.right("used"), Table.left(""));
        for (CycleContent cycle : cycles) {
            boolean isEmpty = cycle.documents() == 0;
            table.row(cycle.fileName().replace(FILE_SUFFIX, ""),
                    isEmpty ? "-" : Figures.second(cycle.firstReceiveTimeNs() / NS_PER_MS)
                            .substring(YEAR_LENGTH),
                    isEmpty ? "-" : Figures.duration(
                            cycle.lastReceiveTimeNs() - cycle.firstReceiveTimeNs()),
                    isEmpty ? "-" : Figures.count(cycle.firstSequence()),
                    Figures.thousands((double) cycle.events()), Figures.bytes(cycle.usedBytes()),
                    switch (cycle.state()) {
                        case OPEN -> "open";
                        case CLOSED -> "";
                        case CUT, DAMAGED -> cycle.state().name();
                    });
        }
        return table;
    }

    private static Table sizes(JournalInventory inventory) {
        Table table = new Table(Table.left("instrument"), Table.right("trades"),
                Table.right("B/trade"), Table.right("levels"), Table.right("B/level"),
                Table.right("day, trades"), Table.right("with depth"));
        for (InstrumentContent content : inventory.instruments()) {
            table.row(content.name(), Figures.count(content.trades()),
                    each(content.tradeBytes(), content.trades()),
                    Figures.count(content.levels()), each(content.levelBytes(), content.levels()),
                    aDay(content, content.tradeBytes()),
                    aDay(content, content.tradeBytes() + content.levelBytes()));
        }
        table.row("all else", "", "", "", "", Figures.bytes(inventory.controlBytes()), "here");
        return table;
    }

    private static String each(long bytes, long count) {
        return count == 0 ? "-" : BigDecimal.valueOf(bytes)
                .divide(BigDecimal.valueOf(count), 1, RoundingMode.HALF_EVEN).toPlainString();
    }

    private static String aDay(InstrumentContent content, long bytes) {
        long spanNs = content.lastReceiveTimeNs() - content.firstReceiveTimeNs();
        return spanNs <= 0 ? "-"
                : Figures.bytes((long) ((double) bytes * TimeUnit.DAYS.toNanos(1) / spanNs));
    }

    private static String asJson(JournalDirectory journal, JournalInventory inventory,
            @Nullable Checkpoint checkpoint, List<JournalConsumer> consumers,
            List<SegmentInfo> segments) {
        Json json = new Json().open('{').number("journal_id", journal.journalId())
                .number("first_sequence", inventory.firstSequence())
                .number("next_sequence", inventory.nextSequence())
                .number("events", inventory.events())
                .number("used_bytes", inventory.usedBytes())
                .number("other_bytes", inventory.controlBytes());
        json.literal("checkpoint_sequence",
                checkpoint == null ? "null" : Long.toString(checkpoint.sequence()));
        json.begin("consumers", '[');
        for (JournalConsumer consumer : consumers) {
            json.open('{').text("name", consumer.name())
                    .number("journal_id", consumer.journalId())
                    .number("sequence", consumer.sequence()).end('}');
        }
        json.end(']').begin("files", '[');
        for (CycleContent cycle : inventory.cycles()) {
            json.open('{').text("queue", cycle.queue().directoryName())
                    .text("file", cycle.fileName())
                    .text("state", cycle.state().name().toLowerCase(Locale.ROOT))
                    .number("documents", cycle.documents()).number("events", cycle.events())
                    .number("first_sequence", cycle.firstSequence())
                    .number("end_sequence", cycle.endSequence())
                    .number("first_receive_time_ns", cycle.firstReceiveTimeNs())
                    .number("last_receive_time_ns", cycle.lastReceiveTimeNs())
                    .number("used_bytes", cycle.usedBytes()).end('}');
        }
        json.end(']').begin("segments", '[');
        for (SegmentInfo segment : segments) {
            json.open('{').text("queue", segment.queue().directoryName())
                    .text("file", segment.path().getFileName().toString())
                    .number("documents", segment.documents()).number("events", segment.events())
                    .number("first_sequence", segment.firstSequence())
                    .number("end_sequence", segment.endSequence())
                    .number("first_receive_time_ns", segment.firstReceiveTimeNs())
                    .number("last_receive_time_ns", segment.lastReceiveTimeNs())
                    .number("document_bytes", segment.documentBytes())
                    .number("file_bytes", segment.fileBytes()).text("sha256", segment.sha256())
                    .end('}');
        }
        json.end(']').begin("instruments", '[');
        for (InstrumentContent content : inventory.instruments()) {
            json.open('{').text("instrument", content.name()).number("trades", content.trades())
                    .number("trade_bytes", content.tradeBytes())
                    .number("levels", content.levels())
                    .number("level_bytes", content.levelBytes())
                    .number("first_receive_time_ns", content.firstReceiveTimeNs())
                    .number("last_receive_time_ns", content.lastReceiveTimeNs()).end('}');
        }
        return json.end(']').end('}').toString();
    }
}
