package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.MarketEventHandler;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.status.CounterBlock;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the tests of this room share: an engine in small that writes, and a reader that notes. */
final class Tape {
    /** 2026-11-21 00:00 UTC. */
    static final long MIDNIGHT_NS = TimeUnit.SECONDS.toNanos(1_795_219_200);
    static final long DAY_NS = TimeUnit.DAYS.toNanos(1);

    private Tape() {}

    static Instrument instrument(int id, String symbol) {
        return Instrument.of(id, "bybit-linear", symbol, new BigDecimal("0.10"),
                new BigDecimal("0.001"), BigDecimal.ONE, "BTC", "BTC", "USDT", id % 2 == 0);
    }

    static Journal open(Path directory) {
        return Journal.open(directory, JournalConfig.DEFAULT, () -> MIDNIGHT_NS);
    }

    static MarketEvent copy(MarketEvent event) {
        MarketEvent copy = new MarketEvent();
        copy.copyFrom(event);
        return copy;
    }

    /** Events as they are compared: every field. */
    static List<String> texts(List<MarketEvent> events) {
        return events.stream().map(MarketEvent::toString).toList();
    }

    /** An event that is no more than its kind. */
    static void control(MarketEvent event, byte kind, long receiveTimeNs) {
        event.header(kind, EventFlags.LAST, MarketEvent.ALL_INSTRUMENTS, 0, receiveTimeNs);
        event.words(0, 0, 0, Reason.UNSPECIFIED.ordinal());
    }

    /** Writes events to a journal as the ring would hand them. */
    static final class Writer implements AutoCloseable {
        final JournalStore journal;
        final InstrumentCatalogue catalogue;
        final CounterBlock counters = CounterBlock.onHeap("journal");
        final JournalHandler handler;
        final List<MarketEvent> written = new ArrayList<>();

        Writer(Path directory) {
            this(open(directory));
        }

        Writer(JournalStore journal) {
            this.journal = journal;
            catalogue = new InstrumentCatalogue(64);
            handler = new JournalHandler(journal, catalogue, counters);
        }

        /** Writes one event; {@code endOfBatch} as asked. */
        void write(boolean endOfBatch, Consumer<MarketEvent> filler) {
            MarketEvent event = new MarketEvent();
            filler.accept(event);
            handler.onEvent(event, handler.nextSequence(), endOfBatch);
            written.add(event);
        }

        void define(Instrument definition, long receiveTimeNs) {
            int id = catalogue.define(definition).id();
            write(true, event -> event.instrument(id, receiveTimeNs));
        }

        void clock(long receiveTimeNs) {
            write(true, event -> event.clock(receiveTimeNs));
        }

        /** A frame of {@code count} trades. */
        void trades(int instrumentId, long receiveTimeNs, int count) {
            for (int i = 0; i < count; i++) {
                int n = i;
                boolean last = i == count - 1;
                write(last, event -> event.trade(instrumentId, receiveTimeNs - 5_000_000 + n,
                        receiveTimeNs, 1_000_000 + n, 100 + n, 7_000_000_000L + n, n % 3,
                        (n % 2 == 0 ? EventFlags.BUY : 0) | (last ? EventFlags.LAST : 0)));
            }
        }

        /** An update of {@code count} levels. */
        void levels(int instrumentId, long receiveTimeNs, int count) {
            for (int i = 0; i < count; i++) {
                int n = i;
                boolean last = i == count - 1;
                write(last, event -> event.bookLevel(instrumentId, receiveTimeNs - 9_000_000,
                        receiveTimeNs, 2_000_000 - n, n % 4 == 0 ? 0 : n, 88_000_000L,
                        (n % 2 == 0 ? EventFlags.BID : 0) | (n == 0 ? EventFlags.FIRST : 0)
                                | (last ? EventFlags.LAST : 0)));
            }
        }

        @Override
        public void close() {
            journal.close();
        }
    }

    /** Notes what a tail hands on, and checks that sequences are contiguous. */
    static final class Notes implements MarketEventHandler {
        final List<MarketEvent> events = new ArrayList<>();
        final List<Long> sequences = new ArrayList<>();
        final List<Long> batchEnds = new ArrayList<>();

        @Override
        public void onEvent(MarketEvent event, long sequence, boolean endOfBatch) {
            events.add(copy(event));
            sequences.add(sequence);
            if (endOfBatch) {
                batchEnds.add(sequence);
            }
        }
    }

    static Notes read(Path directory) {
        Notes notes = new Notes();
        try (JournalTail tail = JournalTail.open(directory, new InstrumentCatalogue(64))) {
            tail.poll(notes);
        }
        return notes;
    }

    /** A child process like this one. */
    static Process start(Path output, Class<?> main, Path... arguments) throws IOException {
        return start(List.of(), output, main, arguments);
    }

    /** The same, started by another program. */
    static Process start(List<String> starter, Path output, Class<?> main, Path... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.add(ProcessHandle.current().info().command().orElse("java"));
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (!option.startsWith("-javaagent") && !option.startsWith("-agentlib")) {
                command.add(option);
            }
        }
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        for (Path argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())).start();
    }
}
