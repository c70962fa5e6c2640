package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.Terminal;
import java.util.List;

/**
 * A screen that is drawn anew in place until somebody wants it to end.
 *
 * <p>On a terminal it takes the alternate buffer, so that what stood there before comes back, and
 * sends each picture in one piece: from the top, over the one before, so that nothing flickers.
 * Elsewhere it leaves the screen alone and prints one picture after the other, with a blank line
 * between.
 *
 * <pre>
 *   try (LiveScreen screen = LiveScreen.on(shell)) {
 *       do {
 *           screen.show(draw(screen.terminal()));
 *       } while (!screen.await(1000));
 *   }
 * </pre>
 *
 * <p>It has to be closed however the command ends: a signal asks the command to end and waits for
 * that, so that a try-with-resources is enough.
 *
 * <p>Threads: the command's own.
 */
final class LiveScreen implements AutoCloseable {
    /** Alternate buffer, no cursor, no new line where a line is full. */
    private static final String ENTER = "\033[?1049h\033[?25l\033[?7l";
    private static final String LEAVE = "\033[?7h\033[?25h\033[?1049l";
    /** Terminals that know it show what comes between at once; others leave it unheeded. */
    private static final String BEGIN_PICTURE = "\033[?2026h\033[H";
    private static final String END_PICTURE = "\033[J\033[?2026l";
    private static final String ERASE_REST_OF_LINE = "\033[K";

    private final Shell shell;
    private final boolean redraws;
    private Terminal terminal;
    private List<String> last = List.of();
    private boolean closed;

    private LiveScreen(Shell shell, boolean redraws) {
        this.shell = shell;
        this.redraws = redraws;
        terminal = shell.outTerminal();
    }

    /** The screen that the answer goes to. From now on the command heeds interruptions. */
    static LiveScreen on(Shell shell) {
        shell.interruption().heed();
        boolean redraws = shell.outTerminal().interactive()
                && !shell.env().getOrDefault("TERM", "").equals("dumb");
        LiveScreen screen = new LiveScreen(shell, redraws);
        if (redraws) {
            shell.out().print(ENTER);
            shell.out().flush();
        }
        return screen;
    }

    /** Whether pictures replace each other; they follow each other if not. */
    boolean redraws() {
        return redraws;
    }

    /** The terminal, as large as it is now. */
    Terminal terminal() {
        terminal = redraws ? terminal.measuredAgain(shell.env()) : terminal;
        return terminal;
    }

    /** Shows a picture; of one that is too high the upper part. */
    void show(List<String> lines) {
        if (redraws) {
            // No line feed after the last line: the picture may be as high as the screen.
            StringBuilder picture = new StringBuilder(BEGIN_PICTURE);
            int shown = Math.min(terminal.lines(), lines.size());
            for (int i = 0; i < shown; i++) {
                picture.append(i == 0 ? "" : "\r\n").append(lines.get(i))
                        .append(ERASE_REST_OF_LINE);
            }
            shell.out().print(picture.append(END_PICTURE));
        } else {
            if (!last.isEmpty()) {
                shell.out().println();
            }
            lines.forEach(shell.out()::println);
        }
        last = List.copyOf(lines);
        shell.out().flush();
    }

    /**
     * Waits for the next picture.
     *
     * @return whether there is to be none: somebody wants the command to end, or nobody reads what
     *     it prints any more
     */
    boolean await(long ms) throws InterruptedException {
        return shell.out().checkError() || shell.interruption().await(ms);
    }

    /** Gives the screen back. What was shown last stays where it can be read. */
    @Override
    public void close() {
        if (redraws && !closed) {
            closed = true;
            shell.out().print(LEAVE);
            last.forEach(shell.out()::println);
            shell.out().flush();
        }
    }
}
