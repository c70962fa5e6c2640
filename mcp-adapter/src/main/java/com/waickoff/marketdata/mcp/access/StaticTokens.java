package com.waickoff.marketdata.mcp.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that are configured. All of them are compared, and each in the same time: what a wrong token
 * has in common with a right one cannot be measured.
 *
 * <p>Threads: immutable.
 */
public final class StaticTokens implements TokenCheck {
    /** What a guess would need years for. */
    public static final int MIN_LENGTH = 16;

    private final List<byte[]> digests;

    /** These tokens. */
    public StaticTokens(List<String> tokens) {
        digests = tokens.stream().map(StaticTokens::digest).toList();
    }

    @Override
    public @Nullable Principal check(String token) {
        byte[] given = digest(token);
        int found = -1;
        for (int i = 0; i < digests.size(); i++) {
            if (MessageDigest.isEqual(digests.get(i), given)) {
                found = i;
            }
        }
        return found < 0 ? null : new Principal("token-" + found, true);
    }

    /** Of one length, whatever the token's. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("each Java has SHA-256", e);
        }
    }

    @Override
    public boolean mayWait() {
        return false;
    }
}
