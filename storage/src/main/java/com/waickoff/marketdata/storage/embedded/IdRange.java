package com.waickoff.marketdata.storage.embedded;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a query says of {@code _id}, as far as it narrows down which documents to look at.
 *
 * @param exact the only ids that can match, in any order; null if it is a range
 * @param from lower bound, included; null for none
 * @param to upper bound, included; null for none
 */
record IdRange(@Nullable List<String> exact, @Nullable String from, @Nullable String to) {
    /** What the condition on {@code _id} means; null if it tells nothing about ids that are text. */
    static @Nullable IdRange of(@Nullable Object condition) {
        if (condition instanceof String id) {
            return new IdRange(List.of(id), null, null);
        }
        if (!(condition instanceof Document operators)) {
            return null;
        }
        String from = null;
        String to = null;
        for (Map.Entry<String, Object> operator : operators.entrySet()) {
            Object operand = operator.getValue();
            switch (operator.getKey()) {
                case "$in" -> {
                    return operand instanceof Collection<?> values ? exactly(values) : null;
                }
                case "$eq" -> {
                    return of(operand);
                }
                // Bounds may be too wide: the whole query is asked of each document anyway.
                case "$gt", "$gte" -> from = operand instanceof String bound ? bound : null;
                case "$lt", "$lte" -> to = operand instanceof String bound ? bound : null;
                default -> {
                    return null;
                }
            }
        }
        return from == null && to == null ? null : new IdRange(null, from, to);
    }

    private static @Nullable IdRange exactly(Collection<?> values) {
        List<String> ids = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof String id)) {
                return null;
            }
            ids.add(id);
        }
        return new IdRange(ids, null, null);
    }
}
