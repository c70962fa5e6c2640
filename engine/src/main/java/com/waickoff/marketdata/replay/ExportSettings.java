package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.window.ValueAreaRule;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which files a replay writes.
 *
 * @param directory where they go; older ones are replaced
 * @param formats in which formats each is written
 * @param tables which of them
 * @param rule by which {@code poc}, {@code vah} and {@code val} of windows are found
 */
public record ExportSettings(Path directory, Set<ExportFormat> formats, Set<ExportTable> tables,
        ValueAreaRule rule) {
    /** The sets are copied. */
    public ExportSettings {
        formats = Set.copyOf(formats);
        tables = Set.copyOf(tables);
    }

    /** What the studies found, as CSV. */
    public static ExportSettings csv(Path directory) {
        return new ExportSettings(directory, EnumSet.of(ExportFormat.CSV), ExportTable.FINDINGS,
                ValueAreaRule.DEFAULT);
    }

    /** Whether events are exported, not only what was found in them. */
    public boolean hasEvents() {
        return tables.contains(ExportTable.TRADES) || tables.contains(ExportTable.LEVELS);
    }
}
