package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.memory.NativeMemory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 of documents, each as its length and its bytes. */
final class DocumentDigest {
    private final MessageDigest digest;
    private byte[] copy = new byte[1 << 12];

    DocumentDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    void add(long document, int length) {
        int total = Integer.BYTES + length;
        if (copy.length < total) {
            copy = new byte[Math.max(2 * copy.length, total)];
        }
        Bytes.putInt(copy, 0, length);
        NativeMemory.copy(document, copy, Integer.BYTES, length);
        digest.update(copy, 0, total);
    }

    byte[] value() {
        return digest.digest();
    }
}
