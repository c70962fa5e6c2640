package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalTail;
import com.waickoff.marketdata.replay.Exports;
import com.waickoff.marketdata.replay.WindowRebuild;
import com.waickoff.marketdata.segment.SegmentedJournal;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.window.Timeframe;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/** What {@code replay --rebuild} prints. */
final class RebuiltWindow {
    private static final int PARTS = 3;

    private RebuiltWindow() {}

    /**
     * The window and its rows, each with a header; nothing if it has no trades.
     *
     * @param wanted instrument, timeframe and a time within the window, with commas between
     * @throws CommandException if that is not understood, or the journal cannot be read
     */
    static List<String> of(String wanted, Path journal, EngineConfig engine)
            throws CommandException {
        String[] parts = wanted.split(",", -1);
        Timeframe timeframe = parts.length == PARTS ? Timeframe.ofLabel(parts[1].trim()) : null;
        Instant time = parts.length == PARTS ? timeOf(parts[2].trim()) : null;
        if (timeframe == null || time == null) {
            throw new CommandException(ExitCode.USAGE, "--rebuild " + Shown.plain(wanted)
                    + ": it takes instrument, timeframe and time, such as"
                    + " bybit-linear:BTCUSDT,5m,2026-08-09T12:00:00Z");
        }
        InstrumentCatalogue catalogue = new InstrumentCatalogue(engine.instrumentCapacity());
        try (JournalTail tail = new JournalTail(SegmentedJournal.open(journal), catalogue)) {
            List<String> lines = new ArrayList<>();
            for (WindowRebuild rebuild : WindowRebuild.of(tail, catalogue, parts[0].trim(),
                    timeframe, time.toEpochMilli() * 1_000_000L, engine.windows())) {
                lines.addAll(withHeaders(rebuild.lines()));
            }
            return lines;
        } catch (JournalException e) {
            throw new CommandException(ExitCode.BAD_DATA, String.valueOf(e.getMessage()));
        }
    }

    private static List<String> withHeaders(List<String> window) {
        if (window.isEmpty()) {
            return window;
        }
        List<String> lines = new ArrayList<>(window);
        lines.add(1, Exports.PROFILE_HEADER);
        lines.addFirst(Exports.PLAIN_WINDOWS_HEADER);
        return lines;
    }

    private static @Nullable Instant timeOf(String text) {
        try {
            return new Moment().convert(text);
        } catch (TypeConversionException notAMoment) {
            return null;
        }
    }
}
