package com.waickoff.marketdata.memory;

import java.io.IOException;
import java.nio.file.Path;

/** A mapped file cannot be used, and the message says what to make of it. */
public final class UnusableFileException extends IOException {
    private static final long serialVersionUID = 1;

    /** What is wrong with the file. */
    public enum Problem {
        /** There is none. */
        ABSENT,
        /** It is of another program, or of another kind. */
        FOREIGN,
        /** Its format has another major version. */
        OTHER_VERSION,
        /** It is shorter or longer than it says. */
        TRUNCATED,
        /** Its content contradicts itself. */
        DAMAGED,
        /** It is whole, but nobody keeps it up to date. */
        ENGINE_NOT_RUNNING
    }

    private final Problem problem;

    /**
     * A problem with a file.
     *
     * @param detail what was found and what was expected
     */
    public UnusableFileException(Path path, Problem problem, String detail) {
        super(path + ": " + detail);
        this.problem = problem;
    }

    /** What is wrong with the file. */
    public Problem problem() {
        return problem;
    }
}
