package com.waickoff.marketdata.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot do what it was asked; the message says what, where and what to do. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    /** A problem that has no cause worth looking at. */
    CommandException(ExitCode exitCode, String message) {
        this(exitCode.code(), message, null);
    }

    /**
     * A problem with its cause, which is shown with {@code --debug} only.
     *
     * @param message for people; may have several lines
     */
    CommandException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the process is to end with. */
    int exitCode() {
        return exitCode;
    }

    /** The message; never null. */
    String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
