package com.waickoff.marketdata.status;

import java.util.Locale;

/**
 * Whether an instrument can have anything to tell, by its venue's own word. The ordinals are written
 * to the file: never reorder, only append.
 */
public enum InstrumentState {
    /** Traded, as most are. */
    TRADING,
    /** Listed, but not traded now: its silence is no fault. */
    HALTED,
    /** No longer listed; nothing comes of it until it is listed again. */
    DELISTED,
    /** Asked for by the configuration, but no symbol of the venue. */
    UNLISTED,
    /** Announced, but not traded yet. */
    PENDING,
    /** Not collected, because its definition cannot be used or there is no room for it. */
    REFUSED,
    /** A state of a newer version. */
    UNKNOWN;

    private static final InstrumentState[] VALUES = values();

    /** As it is shown: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static InstrumentState of(int code) {
        return code >= 0 && code < VALUES.length ? VALUES[code] : UNKNOWN;
    }
}
