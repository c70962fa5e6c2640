package com.waickoff.marketdata;

import com.waickoff.marketdata.journal.DiskFullException;
import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalInUseException;
import com.waickoff.marketdata.memory.DirectoryInUseException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** An engine that cannot start, or cannot go on. The message is for people. */
public final class EngineException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private EngineException(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The failure of an engine that ran: an impossible state, or a disk that failed. */
    static EngineException ofRunning(Throwable cause) {
        boolean isDisk = cause instanceof DiskFullException
                || cause.getCause() instanceof DiskFullException;
        return new EngineException(
                isDisk ? ReplayException.EXIT_IO : ReplayException.EXIT_SOFTWARE,
                "the engine cannot go on: " + cause.getMessage(), cause);
    }

    /** A failure to start, to stop, or to write what a stop leaves behind. */
    static EngineException of(Exception cause) {
        return switch (cause) {
            case JournalInUseException e ->
                new EngineException(JournalInUseException.EXIT_CODE, textOf(e), e);
            case DiskFullException e -> new EngineException(ReplayException.EXIT_IO, textOf(e), e);
            case JournalException e ->
                new EngineException(ReplayException.EXIT_DATA, textOf(e), e);
            case DirectoryInUseException e ->
                new EngineException(JournalInUseException.EXIT_CODE, textOf(e), e);
            case FileSystemException e ->
                new EngineException(ReplayException.EXIT_CANNOT_CREATE, reasonOf(e), e);
            case IOException e -> new EngineException(ReplayException.EXIT_IO, textOf(e), e);
            default -> ofRunning(cause);
        };
    }

    private static String textOf(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /** What is wrong with a file, in words. */
    static String reasonOf(FileSystemException e) {
        String why = switch (e) {
            case AccessDeniedException denied ->
                "access is denied: check its owner and permissions";
            case NoSuchFileException absent -> "it is not there";
            case FileAlreadyExistsException present -> "it is a file where a directory is needed";
            default -> Objects.requireNonNullElse(e.getReason(), "the system gives no reason");
        };
        return e.getFile() + " cannot be used: " + why;
    }

    /** The exit code a command ends with, of {@code sysexits}. */
    public int exitCode() {
        return exitCode;
    }
}
