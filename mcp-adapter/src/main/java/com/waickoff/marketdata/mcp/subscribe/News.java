package com.waickoff.marketdata.mcp.subscribe;

import java.util.List;
import java.util.Set;

/**
 * What a subscriber has not been told yet.
 *
 * @param messages to be sent as they are, in their order
 * @param announcements methods of notifications without content
 * @param updated resources that have changed
 */
public record News(List<Object> messages, Set<String> announcements, Set<String> updated) {
    /** Whether nothing happened; then the time for a sign of life has come. */
    public boolean isEmpty() {
        return messages.isEmpty() && announcements.isEmpty() && updated.isEmpty();
    }
}
