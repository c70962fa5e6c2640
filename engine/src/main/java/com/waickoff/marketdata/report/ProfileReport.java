package com.waickoff.marketdata.report;

import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.SummedRows;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.ValueAreaTrace;
import com.waickoff.marketdata.window.VolumeNode;
import com.waickoff.marketdata.window.Vwap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A window as {@code profile} shows it: with the rows, the rule and the extras that were asked for.
 *
 * @param window what was read
 * @param wishes what was asked for
 * @param rows its rows, as high as was asked for or a little higher
 * @param trace point of control and value area, and how they came about; null without rows
 * @param nodes high and low volume nodes, lowest first; empty where not asked for
 * @param naked points of control not traded through since, newest first; empty where not asked for
 */
public record ProfileReport(WindowReport window, ProfileWishes wishes, RowVolumes rows,
        @Nullable ValueAreaTrace trace, List<VolumeNode> nodes, List<NakedPoc> naked) {
    /** Steps of a value area that are kept: a tall profile has more than anybody reads. */
    public static final int MOST_STEPS = 1_000;
    /** Deviations around the average price that are shown, on both sides. */
    public static final int BANDS = 2;

    /**
     * The point of control of a closed window, not traded through since.
     *
     * @param startMs start of the window, in ms since the epoch
     * @param price low edge of the row
     */
    public record NakedPoc(long startMs, long price) {}

    /** Copies the lists. */
    public ProfileReport {
        nodes = List.copyOf(nodes);
        naked = List.copyOf(naked);
    }

    /** What was asked for of what was read. */
    public static ProfileReport of(WindowReport window, ProfileWishes wishes,
            List<NakedPoc> naked) {
        RowVolumes rows = rows(window, wishes.rowTicks());
        return new ProfileReport(window, wishes, rows,
                rows.isEmpty() ? null : ValueAreaTrace.of(rows, wishes.rule(),
                        wishes.explain() ? MOST_STEPS : 0),
                wishes.nodes() ? VolumeNode.of(rows, VolumeNode.DEFAULT_PERCENT) : List.of(),
                naked);
    }

    private static RowVolumes rows(WindowReport window, long rowTicks) {
        RowVolumes rows = window.rows();
        if (rowTicks == 0 || rows.isEmpty()) {
            return rows;
        }
        long wanted = Math.multiplyExact(rowTicks, window.scales().tick());
        long raised = SummedRows.raised(rows.rowSize(), wanted);
        return raised == rows.rowSize() ? rows
                : SummedRows.coarser(rows, raised / rows.rowSize());
    }

    /** Height of the rows that was asked for, in scaled price units; 0 if none was. */
    public long wantedRowSize() {
        return Math.multiplyExact(wishes.rowTicks(), window.scales().tick());
    }

    /** Point of control and value area; null if there are no rows. */
    @Nullable
    public ValueArea area() {
        return trace == null ? null : trace.area();
    }

    /** The average price and its bands; null if not asked for, or without trades. */
    @Nullable
    public Vwap vwap() {
        return wishes.vwap() && !window.bar().vwap().isEmpty() ? window.bar().vwap() : null;
    }
}
