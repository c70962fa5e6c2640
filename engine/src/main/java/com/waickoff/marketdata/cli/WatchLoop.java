package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.Terminal;
import java.io.IOException;
import java.util.List;

/**
 * Shows something as it is now, again and again until somebody wants it to end: what commands do for
 * {@code --watch}.
 *
 * <p>Threads: the command's own.
 */
final class WatchLoop {
    /** Between two drawings in place: often enough to be followed by eye. */
    private static final long DRAWING_MS = 250;
    /** Between two that are kept, in a file or by a program. */
    private static final long PRINTING_MS = 1000;

    private WatchLoop() {}

    /** A drawing as it is now. */
    @FunctionalInterface
    interface Picture {
        /** Made for this terminal, line by line. */
        List<String> on(Terminal terminal) throws IOException, CommandException;
    }

    /** A line of JSON as it is now. */
    @FunctionalInterface
    interface Line {
        String now() throws IOException;
    }

    /** Draws: in place on a terminal, elsewhere one picture after the other. */
    static ExitCode draw(Shell shell, Picture picture)
            throws CommandException, IOException, InterruptedException {
        try (LiveScreen screen = LiveScreen.on(shell)) {
            do {
                screen.show(picture.on(screen.terminal()));
            } while (!screen.await(screen.redraws() ? DRAWING_MS : PRINTING_MS));
        }
        return ExitCode.OK;
    }

    /** Prints a line a second. */
    static ExitCode print(Shell shell, Line line) throws IOException, InterruptedException {
        shell.interruption().heed();
        do {
            shell.out().println(line.now());
        } while (!shell.out().checkError() && !shell.interruption().await(PRINTING_MS));
        return ExitCode.OK;
    }
}
