package com.waickoff.marketdata.storage.mongo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the server is and how it is used.
 *
 * @param uri a connection string, which may hold a password: it is never shown
 * @param database name of the database
 * @param caFile certificates in PEM to trust instead of the system's; null for the system's. TLS as
 *     such is switched on in the connection string
 * @param durability when a write counts as confirmed
 * @param deadline of one write or question; 100 ms to 10 min
 * @param bulk most documents of one write, 1 to 10,000
 * @param keepsTrades whether single trades are kept
 * @param expiry after what time a TTL index lets documents go, by collection or its prefix before
 *     {@code _}: the safety net under the retention job, and later than that
 */
public record MongoSettings(String uri, String database, @Nullable Path caFile,
        Durability durability, Duration deadline, int bulk, boolean keepsTrades,
        Map<String, Duration> expiry) {
    /** Documents of one write, unless there is a reason for another number. */
    public static final int USUAL_BULK = 1_000;

    private static final Duration MIN_DEADLINE = Duration.ofMillis(100);
    private static final Duration MAX_DEADLINE = Duration.ofMinutes(10);
    private static final Duration USUAL_DEADLINE = Duration.ofSeconds(20);
    private static final int MAX_BULK = 10_000;

    /** When a write counts as confirmed. */
    public enum Durability {
        /** One server has it in its journal on disk. */
        JOURNALED,
        /** A majority of the members of a replica set has it on disk. */
        MAJORITY
    }

    /** Checks ranges. */
    public MongoSettings {
        if (database.isBlank() || database.length() > 63) {
            throw new IllegalArgumentException(
                    "database is '" + database + "', allowed are 1 to 63 characters");
        }
        if (deadline.compareTo(MIN_DEADLINE) < 0 || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw new IllegalArgumentException("deadline is " + deadline + ", allowed is "
                    + MIN_DEADLINE + " to " + MAX_DEADLINE);
        }
        if (bulk < 1 || bulk > MAX_BULK) {
            throw new IllegalArgumentException("bulk is " + bulk + ", allowed is 1 to "
                    + MAX_BULK);
        }
        expiry = Map.copyOf(expiry);
    }

    /** A server with the usual settings: confirmed from its journal, trades kept, no expiry. */
    public static MongoSettings of(String uri, String database) {
        return new MongoSettings(uri, database, null, Durability.JOURNALED, USUAL_DEADLINE,
                USUAL_BULK, true, Map.of());
    }

    /** With or without single trades. */
    public MongoSettings withTrades(boolean keeps) {
        return new MongoSettings(uri, database, caFile, durability, deadline, bulk, keeps, expiry);
    }

    /** With another deadline. */
    public MongoSettings within(Duration newDeadline) {
        return new MongoSettings(uri, database, caFile, durability, newDeadline, bulk,
                keepsTrades, expiry);
    }

    /** With TTL indexes. */
    public MongoSettings expiring(Map<String, Duration> newExpiry) {
        return new MongoSettings(uri, database, caFile, durability, deadline, bulk, keepsTrades,
                newExpiry);
    }

    /** After what time documents of a collection expire; null if they do not. */
    @Nullable
    Duration expiryOf(String collection) {
        Duration own = expiry.get(collection);
        int mark = collection.indexOf('_');
        return own != null || mark < 0 ? own : expiry.get(collection.substring(0, mark));
    }

    /** The servers that are named, without who logs in. */
    public String hosts() {
        int start = uri.indexOf("://") + 3;
        int end = uri.indexOf('/', start);
        String authority = uri.substring(start, end < 0 ? uri.length() : end);
        return authority.substring(authority.lastIndexOf('@') + 1);
    }

    /** Without the connection string. */
    @Override
    public String toString() {
        return "MongoSettings[database=" + database + ", durability=" + durability + ", deadline="
                + deadline + ", bulk=" + bulk + ", keepsTrades=" + keepsTrades + ", expiry="
                + expiry + ']';
    }
}
