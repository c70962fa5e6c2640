package com.waickoff.marketdata.storage.redis;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a connection is encrypted. The server's certificate and name are always checked.
 *
 * @param caFile PEM of the authorities to trust; null for those of the system
 * @param certificateFile PEM of the client's own certificate chain; null for none
 * @param keyFile PEM of its private key, PKCS #8; present with the certificate
 */
public record RedisTls(@Nullable Path caFile, @Nullable Path certificateFile,
        @Nullable Path keyFile) {
    /** The system's authorities, no certificate of our own. */
    public static final RedisTls SYSTEM = new RedisTls(null, null, null);

    /** Checks that certificate and key come together. */
    public RedisTls {
        if ((certificateFile == null) != (keyFile == null)) {
            throw new IllegalArgumentException(
                    "a client's certificate and its key come together: only one of them is named");
        }
    }
}
