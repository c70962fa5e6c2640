package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.drawing.ProfileDrawing;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Terminal;
import com.waickoff.marketdata.terminal.Terminal.Colors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how large a drawing is and in which colours: a mixin of picocli. */
final class DrawingOptions {
    /** Height of a drawing that scrolls anyway. */
    private static final int LINES_WITHOUT_TERMINAL = 40;

    @Option(names = "--rows", paramLabel = "N",
            description = "Lines of prices. Default: as many as fit.")
    private @Nullable Integer rows;
    @Option(names = "--width", paramLabel = "W",
            description = "Columns, 60 to 400. Default: the terminal's, or 80.")
    private @Nullable Integer width;
    @Option(names = "--color", paramLabel = "auto|always|never", defaultValue = "auto",
            description = "Colours; auto: on a terminal where NO_COLOR is not set. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String color = "auto";

    /** Whether a number of lines of prices was named. */
    boolean hasRows() {
        return rows != null;
    }

    /** Lines of prices; 0 for as many as fit. */
    int rows(CommandBase command) throws CommandException {
        if (rows != null && rows < 2) {
            throw command.usage("--rows is " + rows + ", allowed is 2 or more");
        }
        return rows == null ? 0 : rows;
    }

    /** Columns of a drawing on this terminal. */
    int columns(CommandBase command, Terminal terminal) throws CommandException {
        if (width == null) {
            return Math.clamp(terminal.columns(), ProfileDrawing.MIN_WIDTH,
                    ProfileDrawing.MAX_WIDTH);
        }
        if (width < ProfileDrawing.MIN_WIDTH || width > ProfileDrawing.MAX_WIDTH) {
            throw command.usage("--width is " + width + ", allowed is " + ProfileDrawing.MIN_WIDTH
                    + " to " + ProfileDrawing.MAX_WIDTH);
        }
        return width;
    }

    /**
     * Lines of a drawing that fills this terminal.
     *
     * @param prompt whether a prompt follows, which takes a line
     */
    static int lines(Terminal terminal, boolean prompt) {
        return terminal.interactive() ? terminal.lines() - (prompt ? 1 : 0)
                : LINES_WITHOUT_TERMINAL;
    }

    /** Colours for standard output. */
    Ink ink(CommandBase command) throws CommandException {
        return switch (color) {
            case "auto" -> command.ink();
            case "never" -> new Ink(Colors.NONE);
            case "always" -> new Ink(Terminal.colorsOf(command.shell().env(), true));
            default -> throw command.usage("--color " + color + ": one of auto, always, never");
        };
    }
}
