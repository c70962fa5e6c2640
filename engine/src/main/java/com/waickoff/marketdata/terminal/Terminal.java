package com.waickoff.marketdata.terminal;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a stream is connected to.
 *
 * @param interactive whether a person watches: a terminal, not a file or a pipe
 * @param columns width in characters
 * @param lines height in characters
 * @param unicode whether block characters and the like can be shown
 * @param colors how many colours there are, if colours are wanted
 * @param measured whether the size is that of a device, which can change
 */
public record Terminal(boolean interactive, int columns, int lines, boolean unicode, Colors colors,
        boolean measured) {
    /** Width where nothing says otherwise. */
    public static final int DEFAULT_COLUMNS = 80;
    /** Height where nothing says otherwise. */
    static final int DEFAULT_LINES = 24;

    private static final int MAX_COLUMNS = 1000;
    private static final long SIZE_TIMEOUT_MS = 500;
    private static final String DRAWING_CHARACTERS = "█▏░│–▁▔►┬";

    /** How many colours a terminal has. */
    public enum Colors {
        /** It shows none, or none are wanted. */
        NONE,
        /** The eight of ANSI and their bright variants. */
        SIXTEEN,
        /** The palette of 256. */
        MANY
    }

    /** No terminal: a file, a pipe, a test. */
    public static Terminal none(Map<String, String> env, Charset charset) {
        return of(false, DEFAULT_COLUMNS, DEFAULT_LINES, env, charset);
    }

    /** A terminal, or none, whose size is as given unless the environment says otherwise. */
    public static Terminal of(boolean interactive, int columns, int lines, Map<String, String> env,
            Charset charset) {
        return new Terminal(interactive, sizeOf(env.get("COLUMNS"), columns),
                sizeOf(env.get("LINES"), lines), canDraw(charset), colorsOf(env, false), false);
    }

    /**
     * What the standard stream with this number is connected to.
     *
     * @param descriptor 1 for standard output, 2 for standard error
     */
    public static Terminal ofStandardStream(int descriptor, Map<String, String> env,
            Charset charset) {
        if (!isTerminal(descriptor)) {
            return none(env, charset);
        }
        int[] size = askSize();
        Terminal asked = of(true, size[1], size[0], env, charset);
        return new Terminal(true, asked.columns(), asked.lines(), asked.unicode(), asked.colors(),
                true);
    }

    /** The same with the size that it has now, where that can change. */
    public Terminal measuredAgain(Map<String, String> env) {
        if (!measured) {
            return this;
        }
        int[] size = askSize();
        return new Terminal(interactive, sizeOf(env.get("COLUMNS"), size[1]),
                sizeOf(env.get("LINES"), size[0]), unicode, colors, true);
    }

    public static boolean isTerminal(int descriptor) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty")
                    || target.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException notLinux) {
            // Elsewhere only both standard streams together can be asked about.
            return Objects.requireNonNull(System.console()).isTerminal();
        }
    }

    /** Lines and columns, as the terminal tells; the JDK has no way to ask. */
    private static int[] askSize() {
        int[] size = {DEFAULT_LINES, DEFAULT_COLUMNS};
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (stty.waitFor(SIZE_TIMEOUT_MS, TimeUnit.MILLISECONDS) && stty.exitValue() == 0) {
                String answer = new String(stty.getInputStream().readAllBytes(),
                        StandardCharsets.US_ASCII).strip();
                int blank = answer.indexOf(' ');
                if (blank > 0) {
                    size[0] = sizeOf(answer.substring(0, blank), size[0]);
                    size[1] = sizeOf(answer.substring(blank + 1), size[1]);
                }
            } else {
                stty.destroy();
            }
        } catch (IOException noSuchProgram) {
            // The usual size is a good guess.
            return size;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return size;
    }

    private static int sizeOf(@Nullable String text, int otherwise) {
        if (text == null || text.isEmpty() || text.length() > 4) {
            return otherwise;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return otherwise;
            }
        }
        int size = Integer.parseInt(text);
        return size >= 1 && size <= MAX_COLUMNS ? size : otherwise;
    }

    private static boolean canDraw(Charset charset) {
        return charset.canEncode() && charset.newEncoder().canEncode(DRAWING_CHARACTERS);
    }

    /**
     * The colours of the terminal that the environment names.
     *
     * @param wanted whether a person asks for them, whatever the environment says
     */
    public static Colors colorsOf(Map<String, String> env, boolean wanted) {
        String kind = env.getOrDefault("TERM", "").toLowerCase(Locale.ROOT);
        boolean refused = !env.getOrDefault("NO_COLOR", "").isEmpty() || kind.equals("dumb");
        if (refused && !wanted) {
            return Colors.NONE;
        }
        boolean many = kind.contains("256color") || !env.getOrDefault("COLORTERM", "").isEmpty();
        return many ? Colors.MANY : Colors.SIXTEEN;
    }
}
