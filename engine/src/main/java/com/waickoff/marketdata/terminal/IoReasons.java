package com.waickoff.marketdata.terminal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Why reading or writing failed, in words for people; the path is the caller's to name. */
public final class IoReasons {
    private IoReasons() {}

    /** A few words, such as {@code permission denied}. */
    public static String of(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> "no such file or directory";
            case AccessDeniedException e -> "permission denied";
            case FileAlreadyExistsException e -> "a file of that name is in the way";
            case NotDirectoryException e -> "not a directory";
            case DirectoryNotEmptyException e -> "the directory is not empty";
            case FileSystemException e -> systemReason(e.getReason());
            case EOFException e -> "it ends too early";
            case ZipException e -> "it is not a valid gzip file";
            default -> systemReason(failure.getMessage());
        };
    }

    /** The operating system's own words, if it is these that were handed on. */
    private static String systemReason(@Nullable String reason) {
        if (reason == null) {
            return "the system gives no reason";
        }
        for (String known : new String[]{"No space left on device", "Disk quota exceeded",
                "Read-only file system", "Input/output error", "Too many open files",
                "Is a directory", "Not a directory", "File too large", "Permission denied",
                "Broken pipe"}) {
            if (reason.contains(known)) {
                return known.toLowerCase(Locale.ROOT);
            }
        }
        return "the system gives no reason; --debug shows more";
    }
}
