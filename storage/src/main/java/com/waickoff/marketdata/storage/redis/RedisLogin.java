package com.waickoff.marketdata.storage.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Who the drain is to Redis. The password is asked for at each connection, so that a file may be
 * replaced while the drain runs, and is shown nowhere.
 */
public final class RedisLogin {
    /** A server that lets everybody in. */
    public static final RedisLogin NONE = new RedisLogin("", () -> "");

    private final String username;
    private final Supplier<String> password;
    private volatile String used = "";

    private RedisLogin(String username, Supplier<String> password) {
        this.username = username;
        this.password = password;
    }

    /**
     * A password that is known already, such as one from the environment.
     *
     * @param username ACL user; empty for the server's default user
     */
    public static RedisLogin of(String username, String password) {
        return new RedisLogin(username, () -> password);
    }

    /**
     * A password in a file, read at each connection; white space around it does not count.
     *
     * @param username ACL user; empty for the server's default user
     */
    public static RedisLogin ofFile(String username, Path file) {
        return new RedisLogin(username, () -> {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the password file " + file, e);
            }
        });
    }

    String username() {
        return username;
    }

    /**
     * The password now; empty for none.
     *
     * @throws UncheckedIOException if its file cannot be read
     */
    String password() {
        used = password.get();
        return used;
    }

    /** {@code text} without the password, which servers and proxies like to repeat in errors. */
    String redacted(String text) {
        String secret = used;
        return secret.isEmpty() ? text : text.replace(secret, "***");
    }

    @Override
    public String toString() {
        return username.isEmpty() ? "default user" : "user " + username;
    }
}
