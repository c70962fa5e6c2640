package com.waickoff.marketdata;

import org.jspecify.annotations.Nullable;

/** A replay that cannot be done. The message is for people: what, where, and what to do. */
public final class ReplayException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What was given is not readable data. */
    public static final int EXIT_DATA = 65;
    /** What was given is not there. */
    public static final int EXIT_NO_INPUT = 66;
    /** What is to be written cannot be created. */
    public static final int EXIT_CANNOT_CREATE = 73;
    /** Reading or writing failed. */
    public static final int EXIT_IO = 74;
    /** A stage failed: an impossible state. */
    public static final int EXIT_SOFTWARE = 70;

    private final int exitCode;

    ReplayException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** A failure whose own message is fit for people. */
    static ReplayException of(int exitCode, Throwable cause) {
        return new ReplayException(exitCode, String.valueOf(cause.getMessage()), cause);
    }

    /** The exit code a command ends with, of {@code sysexits}. */
    public int exitCode() {
        return exitCode;
    }
}
