package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a server or a client says, in words without secrets. Causes are not handed on: their messages
 * and those of their causes may repeat a command with its password.
 */
final class RedisErrors {
    private final RedisSettings settings;

    RedisErrors(RedisSettings settings) {
        this.settings = settings;
    }

    SinkUnavailableException unavailable(Throwable failure) {
        return unavailable(reasonOf(failure));
    }

    SinkUnavailableException unavailable(String reason) {
        return new SinkUnavailableException(
                settings.address() + ": " + settings.login().redacted(reason));
    }

    SinkUnavailableException silent(Duration timeout) {
        return unavailable("no answer within " + timeout.toMillis() + " ms");
    }

    SinkUnavailableException interrupted() {
        return unavailable("interrupted while waiting for an answer");
    }

    private static String reasonOf(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof RedisCommandExecutionException)) {
            root = root.getCause();
        }
        String message = root.getMessage();
        String code = codeOf(message);
        return switch (code) {
            case "OOM" -> "full (OOM): its maxmemory is reached; it takes events again when there"
                    + " is room";
            case "NOAUTH" -> "wants a password (NOAUTH)";
            case "WRONGPASS" -> "user or password are wrong (WRONGPASS)";
            case "LOADING" -> "is loading its data (LOADING)";
            case "READONLY" -> "is a replica (READONLY)";
            default -> message == null ? root.getClass().getSimpleName() : message;
        };
    }

    /** First word of a server's error, such as {@code OOM}. */
    static String codeOf(@Nullable String message) {
        if (message == null) {
            return "";
        }
        int end = message.indexOf(' ');
        return end < 0 ? message : message.substring(0, end);
    }
}
