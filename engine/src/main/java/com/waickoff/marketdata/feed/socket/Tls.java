package com.waickoff.marketdata.feed.socket;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * TLS as a client: BoringSSL where it is there, else the JDK's; the venue's name is sent (SNI) and
 * checked against its certificate.
 */
final class Tls implements AutoCloseable {
    private final SslContext context;
    private boolean isClosed;

    /**
     * A context that trusts whom the settings say.
     *
     * @throws IOException if the file of certificates cannot be read or holds none
     */
    Tls(TlsSettings settings) throws IOException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK)
                .protocols("TLSv1.3", "TLSv1.2")
                .endpointIdentificationAlgorithm("HTTPS");
        Path file = settings.caFile();
        if (file != null) {
            if (!Files.isReadable(file)) {
                throw new IOException("certificates of authorities: cannot read " + file);
            }
            trust(builder, file);
        }
        context = builder.build();
    }

    private static void trust(SslContextBuilder builder, Path file) throws IOException {
        try {
            builder.trustManager(file.toFile());
        } catch (IllegalArgumentException e) {
            throw new IOException("certificates of authorities: " + file
                    + " holds no certificates in PEM", e);
        }
    }

    /**
     * What encrypts one connection.
     *
     * @param host whom the certificate must be for
     */
    SslHandler handler(ByteBufAllocator allocator, String host, int port, long timeoutMs) {
        SslHandler handler = context.newHandler(allocator, host, port);
        handler.setHandshakeTimeoutMillis(timeoutMs);
        return handler;
    }

    /** Ends what was not ended already. */
    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            ReferenceCountUtil.release(context);
        }
    }
}
