package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.Terminal;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * The space key of a terminal: pressed once, what runs is to stand still; pressed again, to go on.
 *
 * <p>For that, keys have to come at once and without an echo, which a terminal does only when it is
 * told; it is told the contrary in the end. Where standard input is no terminal, nothing is read.
 *
 * <p>Threads: the command's own.
 */
final class PauseKey implements AutoCloseable {
    private static final long STTY_TIMEOUT_MS = 500;
    private static final int SPACE = ' ';

    private final InputStream keys;
    private final String formerModes;
    private boolean isPaused;

    /** @param formerModes of the terminal, as {@code stty -g} tells them; empty if it is none */
    private PauseKey(InputStream keys, String formerModes) {
        this.keys = keys;
        this.formerModes = formerModes;
    }

    /** The key of the terminal that a person watches; of nobody where nobody does. */
    static PauseKey of(Shell shell) {
        if (!shell.errTerminal().measured() || !Terminal.isTerminal(0)) {
            return new PauseKey(InputStream.nullInputStream(), "");
        }
        String modes = stty("-g");
        if (!modes.isEmpty()) {
            stty("-icanon", "-echo");
        }
        return new PauseKey(modes.isEmpty() ? InputStream.nullInputStream() : System.in, modes);
    }

    /** A key among others that come from elsewhere: for tests. */
    static PauseKey in(InputStream keys) {
        return new PauseKey(keys, "");
    }

    /** Whether what runs is to stand still, after the keys that were pressed since. */
    boolean isPaused() {
        try {
            while (keys.available() > 0) {
                if (keys.read() == SPACE) {
                    isPaused = !isPaused;
                }
            }
        } catch (IOException gone) {
            isPaused = false; // Nobody could ever let it go on.
        }
        return isPaused;
    }

    @Override
    public void close() {
        if (!formerModes.isEmpty()) {
            stty(formerModes);
        }
    }

    /** What the program says; nothing if it fails, is absent or takes too long. */
    private static String stty(String... args) {
        String[] command = new String[args.length + 1];
        command[0] = "stty";
        System.arraycopy(args, 0, command, 1, args.length);
        try {
            Process stty = new ProcessBuilder(command).redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            if (stty.waitFor(STTY_TIMEOUT_MS, TimeUnit.MILLISECONDS) && stty.exitValue() == 0) {
                return new String(stty.getInputStream().readAllBytes(),
                        StandardCharsets.US_ASCII).strip();
            }
            stty.destroyForcibly();
        } catch (IOException noSuchProgram) {
            return "";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return "";
    }
}
