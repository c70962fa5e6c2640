package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.ReplayProgress;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Glyphs;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.terminal.Terminal;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * How far a long work has come, on standard error: on a terminal one line that changes, elsewhere a
 * line every few seconds. Work that is over sooner says nothing.
 *
 * <p>Threads: the one that works.
 */
final class ProgressLine implements ReplayProgress, AutoCloseable {
    private static final long FIRST_NS = 300_000_000L;
    private static final long BETWEEN_DRAWINGS_NS = 100_000_000L;
    private static final long BETWEEN_LINES_NS = 5_000_000_000L;
    private static final int BAR_CELLS = 20;
    private static final long WHOLE_PERCENT = 100;
    private static final String ERASE = "\r\033[K";

    private final Shell shell;
    private final PrintStream err;
    private final boolean quiet;
    private final boolean interactive;
    private final String what;
    private final String unit;
    private final long startedNs;
    private final Ink ink;
    private final Glyphs glyphs;
    private @Nullable PauseKey pauseKey;
    private long nextNs;
    private long pausedSinceNs;
    private long pausedNs;
    private boolean isPaused;
    private boolean drawn;

    /**
     * Progress that begins now.
     *
     * @param what is done, such as {@code replaying}
     * @param quiet whether nothing is to be said at all
     */
    ProgressLine(Shell shell, String what, boolean quiet) {
        this(shell, what, "events", quiet);
    }

    /**
     * The same for work that is counted otherwise.
     *
     * @param unit what is counted, such as {@code frames}
     */
    ProgressLine(Shell shell, String what, String unit, boolean quiet) {
        this.shell = shell;
        this.unit = unit;
        this.err = shell.err();
        this.quiet = quiet;
        this.what = what;
        interactive = shell.errTerminal().interactive();
        ink = new Ink(interactive ? shell.errTerminal().colors() : Terminal.Colors.NONE);
        glyphs = Glyphs.of(shell.errTerminal());
        startedNs = shell.nanoTime().getAsLong();
        nextNs = startedNs + (interactive ? FIRST_NS : BETWEEN_LINES_NS);
    }

    @Override
    public void onProgress(long done, long total, long events) {
        long nowNs = shell.nanoTime().getAsLong();
        if (quiet || nowNs - nextNs < 0) {
            return;
        }
        nextNs = nowNs + (interactive ? BETWEEN_DRAWINGS_NS : BETWEEN_LINES_NS);
        String text = text(done, total, events, nowNs - startedNs - pausedNs);
        if (interactive) {
            String bar = total > 0 ? bar(done, total) + ' ' : "";
            err.print(ERASE + bar + shortened(text, bar.isEmpty() ? 0 : BAR_CELLS + 1));
            drawn = true;
        } else {
            err.println(text);
        }
        err.flush();
    }

    @Override
    public boolean isStopRequested() {
        return shell.interruption().isRequested();
    }

    @Override
    public boolean isPauseRequested() {
        if (pauseKey == null) {
            pauseKey = PauseKey.of(shell);
        }
        boolean wanted = pauseKey.isPaused();
        if (wanted != isPaused) {
            isPaused = wanted;
            long nowNs = shell.nanoTime().getAsLong();
            if (wanted) {
                pausedSinceNs = nowNs;
                if (!quiet) {
                    err.print(ERASE + "paused; the space key lets it go on");
                    err.flush();
                    drawn = true;
                }
            } else {
                pausedNs += nowNs - pausedSinceNs;
                nextNs = nowNs;
            }
        }
        return wanted;
    }

    /** Takes the line away: what follows begins in its place. */
    @Override
    public void close() {
        if (pauseKey != null) {
            pauseKey.close();
        }
        if (drawn) {
            err.print(ERASE);
            err.flush();
            drawn = false;
        }
    }

    private String text(long done, long total, long events, long elapsedNs) {
        StringBuilder text = new StringBuilder(what);
        if (total > 0) {
            text.append(' ').append(Math.min(WHOLE_PERCENT, done * WHOLE_PERCENT / total))
                    .append(" %");
        }
        text.append(", ").append(Figures.thousands((double) events)).append(' ').append(unit)
                .append(", ")
                .append(Figures.perSecond(events, elapsedNs)).append("/s");
        if (total > 0 && done > 0 && done < total) {
            double left = (double) elapsedNs * (total - done) / done;
            text.append(", ").append(Figures.duration((long) left)).append(" left");
        }
        return text.toString();
    }

    private String bar(long done, long total) {
        int most = BAR_CELLS * glyphs.partsPerCell();
        int parts = Math.clamp((long) ((double) done / total * most), 0, most);
        int cells = parts / glyphs.partsPerCell();
        int rest = parts % glyphs.partsPerCell();
        String bar = glyphs.full().repeat(cells) + (rest > 0 ? glyphs.cell(rest) : "");
        return ink.paint(Tone.ACCENT, Shown.left(bar, BAR_CELLS));
    }

    private String shortened(String text, int taken) {
        int free = Math.max(1, shell.errTerminal().columns() - taken - 1);
        return text.length() <= free ? text : text.substring(0, free);
    }
}
