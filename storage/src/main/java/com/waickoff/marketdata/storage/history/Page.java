package com.waickoff.marketdata.storage.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of an answer.
 *
 * @param items oldest first
 * @param next where it goes on; null if this was all
 */
public record Page<T>(List<T> items, @Nullable String next) {
    /** The list is copied. */
    public Page {
        items = List.copyOf(items);
    }
}
