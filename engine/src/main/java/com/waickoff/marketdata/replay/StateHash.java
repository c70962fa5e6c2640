package com.waickoff.marketdata.replay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A fingerprint of what the studies computed, independent of how the events reached them.
 *
 * <p>SHA-256 over the export lines of windows, then of rows, then of books, without headers: each
 * kind sorted by its bytes, every line followed by a line feed. Windows are without coverage and
 * revision; receive times, sequences and all else that depends on a run are in none of them.
 */
public final class StateHash {
    private final MessageDigest digest;
    private final List<String> lines = new ArrayList<>();

    /** The hash of nothing yet. */
    public StateHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Adds a line of the current kind. */
    public void add(String line) {
        lines.add(line);
    }

    /** The lines of a kind are complete. */
    public void endOfKind() {
        // All lines are ASCII or well-formed UTF-16, whose order is that of their bytes.
        lines.sort(null);
        for (String line : lines) {
            digest.update(line.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) '\n');
        }
        lines.clear();
    }

    /** The fingerprint in lower-case hex. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
