package com.waickoff.marketdata.status;

import java.util.Locale;

/** How far the disk's room lets the engine go. Ordinals are written to the file: only append. */
public enum DiskLevel {
    /** Nobody has looked yet. */
    UNKNOWN,
    /** Everything is journaled. */
    ENOUGH,
    /** Book levels are left out of the journal; trades and control events are not. */
    NO_BOOKS,
    /** The engine stops, while it still can as it should. */
    NOTHING;

    private static final DiskLevel[] VALUES = values();

    /** As it is shown: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static DiskLevel of(int code) {
        return code >= 0 && code < VALUES.length ? VALUES[code] : UNKNOWN;
    }
}
