package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import io.lettuce.core.RedisFuture;
import java.util.HashMap;
import java.util.Map;

/** Whether a server may be trusted with a bus of record. */
final class ServerCheck {
    /** The first with {@code XADD NOMKSTREAM}, by which a stream that has gone is noticed. */
    private static final int NEEDED_MAJOR = 6;
    private static final int NEEDED_MINOR = 2;

    private ServerCheck() {}

    /**
     * Asks the server what it is.
     *
     * @throws SinkUnavailableException if it is too old, or evicts keys that do not expire: whole
     *     streams
     */
    static void check(RedisChannel channel, RedisErrors errors) throws SinkUnavailableException {
        RedisFuture<String> server = channel.commands().info("server");
        RedisFuture<String> memory = channel.commands().info("memory");
        channel.flush(memory);
        String problem = problemOf(String.valueOf(channel.answer(server)),
                String.valueOf(channel.answer(memory)));
        if (!problem.isEmpty()) {
            throw errors.unavailable(problem);
        }
    }

    /** What is wrong with a server of which this is the {@code INFO}; empty if nothing is. */
    static String problemOf(String server, String memory) {
        String version = fields(server).getOrDefault("redis_version", "unknown");
        String[] parts = version.split("\\.", -1);
        if (parts.length < 2 || !isEnough(number(parts[0]), number(parts[1]))) {
            return "is version " + version + ", needed is " + NEEDED_MAJOR + '.' + NEEDED_MINOR;
        }
        String policy = fields(memory).getOrDefault("maxmemory_policy", "noeviction");
        return policy.startsWith("allkeys-") ? "its maxmemory-policy is " + policy
                + ", which evicts whole streams; allowed is noeviction or volatile-…" : "";
    }

    private static boolean isEnough(int major, int minor) {
        return major > NEEDED_MAJOR || (major == NEEDED_MAJOR && minor >= NEEDED_MINOR);
    }

    private static int number(String digits) {
        return digits.matches("[0-9]{1,6}") ? Integer.parseInt(digits) : -1;
    }

    private static Map<String, String> fields(String info) {
        Map<String, String> fields = new HashMap<>();
        for (String line : info.split("\r?\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return fields;
    }
}
