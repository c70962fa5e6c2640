package com.waickoff.marketdata.snapshot;

import java.util.Locale;

/** What a book is worth. The ordinals are written to the file: never reorder, only append. */
public enum BookState {
    /** No book yet, or a new one is being put together; the levels are not one moment's. */
    REBUILDING,
    /** Joined to the venue's sequence. */
    SYNCED,
    /** The levels are the last known ones; updates after them are missing. */
    STALE;

    private static final BookState[] VALUES = values();

    /** As it is shown: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this ordinal; {@link #STALE} for one of a newer version. */
    static BookState of(int code) {
        return code >= 0 && code < VALUES.length ? VALUES[code] : STALE;
    }
}
