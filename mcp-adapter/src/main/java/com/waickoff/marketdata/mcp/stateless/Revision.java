package com.waickoff.marketdata.mcp.stateless;

import com.waickoff.marketdata.mcp.message.Incoming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Revisions of the protocol, and which of the two eras a message belongs to. */
public final class Revision {
    /** The first revision without sessions. */
    public static final String STATELESS = "2026-07-28";
    /** Revisions with sessions, newest first, as the SDK serves them. */
    public static final List<String> WITH_SESSIONS = List.of("2025-11-25", "2025-06-18",
            "2025-03-26", "2024-11-05");
    /** Metadata of a request that names its revision. */
    public static final String META_VERSION = "io.modelcontextprotocol/protocolVersion";

    /** What no revision with sessions knows. */
    private static final String DISCOVER = "server/discover";

    private Revision() {}

    /**
     * Whether a message is one of those without sessions. Other headers of that era are no sign of it:
     * clients of the older one send them too.
     *
     * @param header the revision that its transport names; null where there is none
     */
    public static boolean isStateless(Incoming message, @Nullable String header) {
        return message.meta().containsKey(META_VERSION) || message.is(DISCOVER)
                || (header != null && header.compareTo(STATELESS) >= 0);
    }
}
