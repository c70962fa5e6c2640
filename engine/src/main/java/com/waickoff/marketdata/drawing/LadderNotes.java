package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.report.PriceLadder;
import com.waickoff.marketdata.report.PriceLadder.Step;
import com.waickoff.marketdata.report.ProfileReport;
import com.waickoff.marketdata.report.ProfileReport.NakedPoc;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.window.SummedRows;
import com.waickoff.marketdata.window.VolumeNode;
import com.waickoff.marketdata.window.Vwap;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;

/**
 * What is noted beside the steps of a ladder: nodes, naked points of control, the average price.
 * Nodes are those of the steps, as marks of the value area are.
 *
 * <p>Threads: one.
 */
final class LadderNotes {
    private final PriceLadder ladder;
    private final Map<Long, String> byPrice = new HashMap<>();

    private LadderNotes(PriceLadder ladder) {
        this.ladder = ladder;
    }

    /** The notes of a ladder, by the price of the step. */
    static Map<Long, String> of(ProfileReport report, PriceLadder ladder, Glyphs glyphs) {
        LadderNotes notes = new LadderNotes(ladder);
        if (report.wishes().nodes()) {
            SummedRows steps = SummedRows.coarser(report.rows(), ladder.grouping());
            for (VolumeNode node : VolumeNode.of(steps, VolumeNode.DEFAULT_PERCENT)) {
                notes.add(node.row() * steps.rowSize(),
                        node.kind() == VolumeNode.Kind.HIGH ? "HVN" : "LVN");
            }
        }
        for (NakedPoc naked : report.naked()) {
            notes.add(naked.price(), "nPOC");
        }
        Vwap vwap = report.vwap();
        if (vwap != null) {
            for (int band = -ProfileReport.BANDS; band <= ProfileReport.BANDS; band++) {
                notes.add(vwap.band(BigDecimal.valueOf(band), 1)
                        .setScale(0, RoundingMode.FLOOR).longValue(),
                        band == 0 ? "VWAP" : bandName(band, glyphs));
            }
        }
        notes.byPrice.keySet().retainAll(
                ladder.steps().stream().map(Step::price).toList());
        return notes.byPrice;
    }

    /** How a band is called: {@code +1σ}. */
    static String bandName(int band, Glyphs glyphs) {
        return (band > 0 ? "+" : "") + band + glyphs.sigma();
    }

    private void add(long price, String note) {
        long step = Math.floorDiv(price, ladder.stepSize()) * ladder.stepSize();
        byPrice.merge(step, note,
                (before, more) -> before.contains(more) ? before : before + ' ' + more);
    }
}
