package com.waickoff.marketdata.feed.socket;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whom to believe that it is the venue. Host names are always checked; there is no switch that
 * trusts everybody.
 *
 * @param caFile PEM certificates of the only authorities to trust, or null for those of the system
 */
public record TlsSettings(@Nullable Path caFile) {
    /** The authorities that the JDK trusts. */
    public static final TlsSettings SYSTEM = new TlsSettings(null);
}
