package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.status.DrainStatus;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.ScreenLine;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a drain has stored since it began, and how far it is behind, in one line.
 *
 * <p>Threads: immutable.
 */
public final class StoragePane {
    /** States in which figures say enough. */
    private static final Set<String> AT_WORK = Set.of("following", "catching-up");
    private static final String MONGO = "mongo";
    private static final long MS_PER_SECOND = 1_000;

    private final int width;
    private final Ink ink;

    /** Lines of this width. */
    public StoragePane(int width, Ink ink) {
        this.width = width;
        this.ink = ink;
    }

    /**
     * The line.
     *
     * @param status null if there is none, or it is not to be believed
     * @param remarks what a person should know, worded
     */
    public String line(@Nullable DrainStatus status, List<String> remarks) {
        ScreenLine line = new ScreenLine(width, ink).add(Tone.FAINT, "stored");
        if (status != null) {
            for (String lane : status.lanes()) {
                line.add(lane, null, stored(status, lane));
                String state = status.text(lane, "state");
                if (!AT_WORK.contains(state)) {
                    line.add(Tone.WARNING, state.replace('-', ' '));
                }
            }
        }
        remarks.forEach(remark -> line.add(Tone.WARNING, remark));
        // As long as one of them has not begun, nobody knows.
        return status == null || status.lanes().stream().anyMatch(lane -> status.lagMs(lane) < 0)
                ? line.toString()
                : line.end(null, behind(status, true), behind(status, false));
    }

    private static String stored(DrainStatus status, String lane) {
        if (!lane.equals(MONGO)) {
            return Figures.count(status.number(lane, "effects")) + " events";
        }
        long windows = status.number(lane, "written.window.closed")
                + status.number(lane, "written.window.revised");
        return Figures.count(status.number(lane, "written.trade.processed")) + " trades "
                + Figures.count(windows) + (windows == 1 ? " window" : " windows");
    }

    private static String behind(DrainStatus status, boolean withEvents) {
        long ms = status.lanes().stream().mapToLong(status::lagMs).max().orElse(0);
        long events = status.lanes().stream().mapToLong(status::lagEvents).max().orElse(0);
        if (ms == 0) {
            return "up to date";
        }
        return String.format(Locale.ROOT, "%.1f s", (double) ms / MS_PER_SECOND)
                + (withEvents && events >= 0 ? ", " + Figures.count(events) + " events" : "")
                + " behind";
    }
}
