package com.waickoff.marketdata.bench.fault;

import com.waickoff.venue.serve.TestAuthority;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;

/** Certificates with which nobody proves to be the venue. */
enum BadCertificate {
    EXPIRED("certificate expired"), OTHER_HOST("certificate of another host"), UNKNOWN_AUTHORITY(
            "certificate of an unknown authority");

    private static final Duration LONG_AGO = Duration.ofHours(1);

    private final String label;

    BadCertificate(String label) {
        this.label = label;
    }

    /** In a few words. */
    String label() {
        return label;
    }

    /**
     * One of this kind.
     *
     * @param trusted by the client
     * @param host that the client connects to
     */
    TestAuthority.Issued issue(TestAuthority trusted, String host)
            throws GeneralSecurityException {
        return switch (this) {
            case EXPIRED -> trusted.issue(Instant.now().minus(LONG_AGO), host);
            case OTHER_HOST -> trusted.issue("stream.venue.example");
            case UNKNOWN_AUTHORITY -> new TestAuthority().issue(host);
        };
    }
}
