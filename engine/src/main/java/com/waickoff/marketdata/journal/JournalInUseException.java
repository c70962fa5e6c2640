package com.waickoff.marketdata.journal;

/** Another engine writes this journal: for the process to exit with {@link #EXIT_CODE}. */
public final class JournalInUseException extends JournalException {
    /** EX_TEMPFAIL of sysexits.h: try again once the other one has gone. */
    public static final int EXIT_CODE = 75;

    private static final long serialVersionUID = 1;

    /** Who holds what, as far as it is known. */
    public JournalInUseException(String message, Throwable cause) {
        super(message, cause);
    }
}
