package com.waickoff.marketdata.snapshot;

import java.util.Locale;

/** Whether trades arrive. The ordinals are written to the file: never reorder, only append. */
public enum TapeState {
    /** The feed never came up in this run. */
    NEVER,
    /** The feed is up. */
    LIVE,
    /** The feed was up and went down. */
    INTERRUPTED;

    private static final TapeState[] VALUES = values();

    /** As it is shown: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The state with this ordinal; {@link #INTERRUPTED} for one of a newer version. */
    static TapeState of(int code) {
        return code >= 0 && code < VALUES.length ? VALUES[code] : INTERRUPTED;
    }
}
