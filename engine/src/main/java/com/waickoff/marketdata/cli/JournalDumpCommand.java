package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.journal.SequenceRange;
import com.waickoff.marketdata.segment.SegmentedJournal;
import com.waickoff.marketdata.terminal.Figures;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code waickoff journal dump}. */
@Command(name = "dump",
        description = {"Prints events of a journal, one a line, in the order of their sequence."
                + " Changes nothing; an engine may be writing meanwhile.",
                "Ends with 0, with 1 if no event is among those asked for, with 65 where the"
                        + " journal is damaged: what was printed until then is sound."},
        footer = {"  waickoff journal dump data/journal",
                "  waickoff journal dump data/journal --from 2026-01-05T14:00:00Z \\",
                "      --instrument bybit-linear:BTCUSDT --kind trade,trade-gap --limit 20",
                "  waickoff journal dump data/journal --sequence 34000 --limit 0 --json"})
final class JournalDumpCommand extends CommandBase {
    private static final int EVENTS_PER_POLL = 4096;
    private static final int MAX_INSTRUMENTS = 1 << 16;
    private static final long NS_PER_MS = TimeUnit.MILLISECONDS.toNanos(1);

    @Parameters(index = "0", paramLabel = "DIR", description = "The journal's directory.")
    private Path directory = Path.of("");
    @Option(names = "--sequence", paramLabel = "N",
            description = "Begins with the event of this sequence. Default: the oldest.")
    private @Nullable Long sequence;
    @Option(names = "--from", paramLabel = "TIME", converter = Moment.class,
            description = "Leaves out what was received before: ISO-8601 or ms since the epoch."
                    + " Default: everything.")
    private @Nullable Instant from;
    @Option(names = "--to", paramLabel = "TIME", converter = Moment.class,
            description = "Ends at what was received from then on. Default: everything.")
    private @Nullable Instant to;
    @Option(names = "--instrument", paramLabel = "INSTRUMENT", split = ",",
            description = "Only events of these, such as bybit-linear:BTCUSDT. Default: all.")
    private List<String> instruments = List.of();
    @Option(names = "--kind", paramLabel = "KIND", split = ",",
            description = "Only events of these kinds: trade, book-level, book-reset, book-ready,"
                    + " trade-gap, feed-up, feed-down, clock, instrument, depth-paused,"
                    + " depth-resumed. Default: all.")
    private List<String> kinds = List.of();
    @Option(names = "--limit", paramLabel = "N", defaultValue = "100",
            description = "Most events, 0 for all. Default: ${DEFAULT-VALUE}.")
    private long limit = 100;
    @Option(names = "--json", description = "A line of JSON for each event, with every field.")
    private boolean json;

    JournalDumpCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws CommandException {
        if (limit < 0 || (sequence != null && sequence < 1)) {
            throw usage(limit < 0 ? "--limit is " + limit + ", allowed is from 0"
                    : "--sequence is " + sequence + ", allowed is from 1");
        }
        Path path = shell().resolve(directory);
        JournalDirectory journal = JournalAccess.open(path);
        InstrumentCatalogue catalogue = new InstrumentCatalogue(MAX_INSTRUMENTS);
        Dump dump = new Dump(catalogue, kindCodes());
        try (JournalTail tail = new JournalTail(new SegmentedJournal(journal), catalogue,
                dump::onMissing)) {
            long start = sequence == null ? journal.sequenceBefore(fromNs()) : sequence;
            if (start > 0) {
                tail.seek(start);
            }
            int polled;
            do {
                polled = tail.poll(dump, EVENTS_PER_POLL);
            } while (polled > 0 && !dump.isOver && !shell().interruption().isRequested());
        } catch (JournalException failure) {
            throw JournalAccess.refused(path, failure);
        }
        dump.sayWhatFollows();
        return dump.printed == 0 ? ExitCode.FINDING : ExitCode.OK;
    }

    private long fromNs() {
        return from == null ? 0 : from.toEpochMilli() * NS_PER_MS;
    }

    private long toNs() {
        return to == null ? Long.MAX_VALUE : to.toEpochMilli() * NS_PER_MS;
    }

    private boolean[] kindCodes() throws CommandException {
        boolean[] wanted = new boolean[Byte.MAX_VALUE + 1];
        List<String> names = new ArrayList<>();
        for (byte kind = 1; EventKind.isKnown(kind); kind++) {
            names.add(EventText.name(kind));
            wanted[kind] = kinds.isEmpty() || kinds.contains(EventText.name(kind));
        }
        for (String kind : kinds) {
            if (!names.contains(kind)) {
                throw usage("--kind " + kind + ": one of " + String.join(", ", names)
                        + Nearest.hint(kind, names));
            }
        }
        return wanted;
    }

    /** Prints what is wanted of what it is handed. */
    private final class Dump implements MarketEventHandler {
        private final InstrumentCatalogue catalogue;
        private final EventText text;
        private final boolean[] wantedKinds;
        private final Set<String> wantedInstruments = Set.copyOf(instruments);
        private final long fromNs = fromNs();
        private final long toNs = toNs();
        private long printed;
        private long nextSequence;
        private boolean isOver;

        Dump(InstrumentCatalogue catalogue, boolean[] wantedKinds) {
            this.catalogue = catalogue;
            this.wantedKinds = wantedKinds;
            text = new EventText(catalogue);
        }

        @Override
        public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
            isOver |= event.receiveTimeNs() >= toNs;
            if (isOver || !isWanted(event)) {
                return;
            }
            if (limit > 0 && printed == limit) {
                isOver = true;
                nextSequence = sequence;
                return;
            }
            printed++;
            if (json) {
                print(text.json(event, sequence));
            } else {
                text.lines(event, sequence).forEach(JournalDumpCommand.this::print);
            }
        }

        void onMissing(SequenceRange range, String place) {
            if (!isOver && !json) {
                print("the events " + Figures.count(range.first()) + " to "
                        + Figures.count(range.last()) + " are missing");
            }
        }

        /** On standard error where the answer is for programs. */
        void sayWhatFollows() {
            if (nextSequence > 0) {
                String more = "more: --sequence " + nextSequence + " goes on, --limit 0 shows all";
                if (json) {
                    shell().err().println(more);
                } else {
                    print(more);
                }
            } else if (printed == 0) {
                shell().err().println("waickoff: no event among those asked for");
            }
        }

        private boolean isWanted(MarketEvent event) {
            return event.receiveTimeNs() >= fromNs && wantedKinds[event.kind()]
                    && (wantedInstruments.isEmpty() || (event.instrumentId() >= 0
                            && event.instrumentId() < catalogue.count() && wantedInstruments
                                    .contains(catalogue.get(event.instrumentId()).name())));
        }
    }
}
