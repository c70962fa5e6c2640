package com.waickoff.marketdata.memory;

import java.io.IOException;

/** Somebody else writes the files of a directory. The message is for people. */
public final class DirectoryInUseException extends IOException {
    private static final long serialVersionUID = 1;

    /** Who writes what, as far as it is known. */
    public DirectoryInUseException(String message) {
        super(message);
    }
}
