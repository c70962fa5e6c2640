package com.waickoff.marketdata.feed.socket;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.security.cert.CertificateException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/** Kinds of failures to connect, by how long it takes until another attempt may do better. */
enum FailureClass {
    /** Nobody there, cut, silent: it may work the next moment. */
    NETWORK(0),
    /** Asked for too much (429, 418): a matter of the pause that the venue wants. */
    LIMITED(1),
    /** The venue cannot prove who it is: somebody has to mend that. */
    TLS(1),
    /** Not wanted here (403, 451): often for long, and asking again makes it longer. */
    FORBIDDEN(10);

    private static final int NOT_ALLOWED = 403;
    private static final int BANNED = 418;
    private static final int TOO_MANY = 429;
    private static final int LAWFULLY_WITHHELD = 451;
    private static final int MOST_DEPTH = 12;

    /** Pause before the next attempt, in units of the shortest that opens the breaker; 0: none. */
    final int pauses;

    FailureClass(int pauses) {
        this.pauses = pauses;
    }

    /** The class of a refused handshake. */
    static FailureClass of(int httpStatus) {
        return switch (httpStatus) {
            case TOO_MANY, BANNED -> LIMITED;
            case NOT_ALLOWED, LAWFULLY_WITHHELD -> FORBIDDEN;
            default -> NETWORK;
        };
    }

    /** The class of what broke an attempt before the handshake was over. */
    static FailureClass of(Throwable cause) {
        Throwable at = cause;
        for (int depth = 0; at != null && depth < MOST_DEPTH; depth++) {
            if (at instanceof SslHandshakeTimeoutException) {
                return NETWORK;
            }
            if (at instanceof CertificateException || at instanceof NotSslRecordException
                    || at instanceof SSLException) {
                return TLS;
            }
            at = at.getCause();
        }
        return NETWORK;
    }

    /** As it is shown. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
