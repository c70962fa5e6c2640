package com.waickoff.marketdata.journal;

import org.jspecify.annotations.Nullable;

/** The journal cannot be written or read on; the message says where and what to do. */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Something found that is not as it must be. */
    public JournalException(String message) {
        super(message);
    }

    /** A failure below. */
    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
