package com.waickoff.marketdata.feed.socket;

import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a connection, for people and for the log of distinct errors.
 *
 * @param code what kind, in snake_case
 * @param detail what about; the same each time the same thing happens
 */
record Complaint(String code, String detail) {
    private static final int MOST_DEPTH = 12;

    /** Why a connection to {@code peer} could not be made, or ended. */
    static Complaint of(Throwable cause, String peer) {
        if (cause instanceof ProxyException proxy) {
            return new Complaint(proxy.code(), text(proxy));
        }
        if (cause instanceof ConnectTimeoutException) {
            return new Complaint("connect_timeout", peer + " did not answer in time");
        }
        if (cause instanceof UnknownHostException) {
            return new Complaint("unknown_host", "no address is known for " + peer);
        }
        if (cause instanceof ConnectException) {
            boolean refused = text(cause).contains("refused");
            return new Complaint(refused ? "connection_refused" : "connect_failed",
                    refused ? "connection refused by " + peer
                            : "cannot connect to " + peer + ": " + text(cause));
        }
        if (cause instanceof TooLongFrameException) {
            return new Complaint("answer_too_long", peer + " answered more than is taken");
        }
        if (cause instanceof SslHandshakeTimeoutException) {
            return new Complaint("handshake_timeout", peer + " did not finish TLS in time");
        }
        Complaint tls = ofTls(cause, peer);
        if (tls != null) {
            return tls;
        }
        return cause instanceof IOException
                ? new Complaint("connection_lost", "the connection to " + peer + " broke: "
                        + plain(text(cause)))
                : new Complaint("connection_failed", peer + ": " + text(root(cause)));
    }

    private static @Nullable Complaint ofTls(Throwable cause, String peer) {
        if (find(cause, CertificateExpiredException.class) != null) {
            return new Complaint("certificate_expired", "the certificate of " + peer
                    + " has expired");
        }
        if (find(cause, CertificateNotYetValidException.class) != null) {
            return new Complaint("certificate_not_yet_valid", "the certificate of " + peer
                    + " is not valid yet; is the clock right?");
        }
        if (find(cause, CertPathBuilderException.class) != null
                || find(cause, CertPathValidatorException.class) != null) {
            return new Complaint("certificate_not_trusted", "the certificate of " + peer
                    + " is not trusted: no known authority vouches for it");
        }
        CertificateException certificate = find(cause, CertificateException.class);
        if (certificate != null) {
            return isAboutNames(text(certificate))
                    ? new Complaint("certificate_of_another_host", "the certificate of " + peer
                            + " is for another host")
                    : new Complaint("certificate_not_trusted", "the certificate of " + peer
                            + " is not trusted: " + text(certificate));
        }
        if (find(cause, NotSslRecordException.class) != null) {
            return new Complaint("no_tls", peer + " does not speak TLS");
        }
        SSLException tls = find(cause, SSLException.class);
        return tls != null || cause instanceof DecoderException
                ? new Complaint("tls_failed", "TLS with " + peer + " failed: "
                        + text(root(cause)))
                : null;
    }

    private static boolean isAboutNames(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("subject alternative") || lower.contains("no name matching")
                || lower.contains("hostname") || lower.contains("host name");
    }

    /** The native transport puts the name of the call in front: that is for nobody. */
    private static String plain(String text) {
        int colon = text.lastIndexOf("failed with error(-");
        int behind = colon < 0 ? -1 : text.indexOf("): ", colon);
        return behind < 0 ? text : text.substring(behind + 3);
    }

    private static <T extends Throwable> @Nullable T find(Throwable cause, Class<T> type) {
        Throwable at = cause;
        for (int depth = 0; at != null && depth < MOST_DEPTH; depth++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    private static Throwable root(Throwable cause) {
        Throwable at = cause;
        for (int depth = 0; depth < MOST_DEPTH; depth++) {
            Throwable next = at.getCause();
            if (next == null) {
                return at;
            }
            at = next;
        }
        return at;
    }

    private static String text(Throwable cause) {
        String message = cause.getMessage();
        return message == null || message.isBlank() ? cause.getClass().getSimpleName() : message;
    }
}
