package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.replay.ExportFormat;
import com.waickoff.marketdata.replay.ExportSettings;
import com.waickoff.marketdata.replay.ExportTable;
import com.waickoff.marketdata.window.ValueAreaRule;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which files a replay writes. */
final class ExportOptions {
    private static final int WHOLE_PERCENT = 100;

    @Option(names = "--export", paramLabel = "DIR",
            description = "Writes files there, replacing older ones. Default: nothing.")
    private @Nullable Path directory;
    @Option(names = "--format", paramLabel = "FORMAT", split = ",",
            description = "Formats of these files: csv, parquet. Default: csv.")
    private @Nullable List<String> formats;
    @Option(names = "--tables", paramLabel = "TABLE", split = ",",
            description = "Which files: windows, profile, book, signals; and of single events"
                    + " trades, levels. Default: the first four.")
    private @Nullable List<String> tables;
    @Option(names = "--value-area-method", paramLabel = "two_row|single_row|step_n",
            description = "How value areas of the export grow. Default: two_row.")
    private @Nullable String method;
    @Option(names = "--value-area-pct", paramLabel = "P",
            description = "Part of the volume that they cover, in percent. Default: 70.")
    private @Nullable Integer percent;

    /** What is to be written; null for nothing. */
    @Nullable
    ExportSettings read(CommandBase command) throws CommandException {
        if (directory == null) {
            require(command, "--format", formats);
            require(command, "--tables", tables);
            require(command, "--value-area-method", method);
            require(command, "--value-area-pct", percent);
            return null;
        }
        return new ExportSettings(command.shell().resolve(directory),
                formats == null ? EnumSet.of(ExportFormat.CSV)
                        : chosen(command, "--format", formats, ExportFormat.values(),
                                ExportFormat::label),
                tables == null ? ExportTable.FINDINGS
                        : chosen(command, "--tables", tables, ExportTable.values(),
                                ExportTable::label),
                rule(command));
    }

    private static void require(CommandBase command, String option, @Nullable Object value)
            throws CommandException {
        if (value != null) {
            throw command.usage(option + " belongs to --export DIR");
        }
    }

    private ValueAreaRule rule(CommandBase command) throws CommandException {
        int part = percent == null ? ValueAreaRule.DEFAULT_PERCENT : percent;
        if (part < 1 || part > WHOLE_PERCENT) {
            throw command.usage("--value-area-pct " + part + ": it takes 1 to 100");
        }
        return ValueAreaRule.of(part, method == null ? ValueAreaRule.Method.TWO_ROW
                : chosen(command, "--value-area-method", List.of(method),
                        ValueAreaRule.Method.values(),
                        ValueAreaRule.Method::label).iterator().next());
    }

    private static <T> Set<T> chosen(CommandBase command, String option, List<String> wanted,
            T[] all, Function<T, String> label) throws CommandException {
        List<String> labels = Arrays.stream(all).map(label).toList();
        for (String text : wanted) {
            if (!labels.contains(text)) {
                throw command.usage(option + ' ' + text + ": it takes "
                        + String.join(", ", labels) + Nearest.hint(text, labels));
            }
        }
        return Arrays.stream(all).filter(each -> wanted.contains(label.apply(each)))
                .collect(Collectors.toSet());
    }
}
