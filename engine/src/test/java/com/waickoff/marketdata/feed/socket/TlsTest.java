package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.TestAuthority;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom the client believes to be the venue. */
class TlsTest {
    private static final String VENUE = "bybit-linear";

    @TempDir
    private Path directory;

    private TestAuthority authority;
    private Path trusted;

    @BeforeEach
    void open() throws Exception {
        authority = new TestAuthority();
        trusted = directory.resolve("ca.pem");
        authority.write(trusted);
    }

    private static VenueServer serve(TestAuthority.Issued certificate) throws IOException {
        return VenueServer
                .builder(SyntheticSource.builder(Venue.of(VENUE), 1).symbols("BTCUSDT").build())
                .play(PlaySettings.standard().startingOnFirstSubscription())
                .tls(certificate, 0).open();
    }

    private FeedRig rig(VenueServer server, TlsSettings tls, String host) throws IOException {
        FeedSettings settings = FeedRig.patient(FeedSettings.of(VENUE,
                URI.create("wss://" + host + ':' + server.tlsPort()),
                URI.create("https://" + host + ':' + server.tlsPort()))).withBackOffMs(1, 50)
                .withBreakerMs(1);
        return new FeedRig(new LoopSettings(SocketKind.AUTO, tls), 1).start(settings,
                ports -> ServedVenuesTest.protocol(VENUE, ports));
    }

    @Test
    void shouldBelieveTheConfiguredAuthority() throws Exception {
        try (VenueServer server = serve(authority.issue("localhost", "127.0.0.1"));
                FeedRig byName = rig(server, new TlsSettings(trusted), "localhost");
                FeedRig byAddress = rig(server, new TlsSettings(trusted), "127.0.0.1")) {
            byName.awaitState(FeedState.LIVE);
            byAddress.awaitState(FeedState.LIVE);
        }
    }

    @Test
    void shouldNotBelieveAnAuthorityNobodyNamed() throws Exception {
        try (VenueServer server = serve(authority.issue("localhost"));
                FeedRig rig = rig(server, TlsSettings.SYSTEM, "localhost")) {
            rig.awaitCount(Counter.CONNECT_FAILURES, 2);
            rig.awaitDetail("is not trusted");
            assertThat(rig.errorCodes()).containsExactly("certificate_not_trusted");
        }
    }

    @Test
    void shouldNotBelieveACertificateOfAnotherHost() throws Exception {
        try (VenueServer server = serve(authority.issue("stream.venue.example"));
                FeedRig byName = rig(server, new TlsSettings(trusted), "localhost");
                FeedRig byAddress = rig(server, new TlsSettings(trusted), "127.0.0.1")) {
            for (FeedRig rig : new FeedRig[]{byName, byAddress}) {
                rig.awaitDetail("is for another host");
                assertThat(rig.errorCodes()).containsExactly("certificate_of_another_host");
                assertThat(rig.count(Counter.CONNECTS)).isZero();
            }
        }
    }

    @Test
    void shouldNotBelieveAnExpiredCertificate() throws Exception {
        try (VenueServer server = serve(
                authority.issue(Instant.now().minusSeconds(3_600), "localhost"));
                FeedRig rig = rig(server, new TlsSettings(trusted), "localhost")) {
            rig.awaitDetail("has expired");
            assertThat(rig.errorCodes()).containsExactly("certificate_expired");
        }
    }

    @Test
    void shouldSayThatAServerDoesNotSpeakTls() throws Exception {
        try (RawServer server = new RawServer(line -> line.send("HTTP/1.1 400 Bad\r\n\r\n"));
                FeedRig rig = new FeedRig(LoopSettings.DEFAULTS, 1).start(
                        FeedSettings.of(VENUE, server.uri("wss"), server.uri("https"))
                                .withBackOffMs(1, 50),
                        ports -> ServedVenuesTest.protocol(VENUE, ports))) {
            rig.awaitDetail("does not speak TLS");
            assertThat(rig.failures).isEmpty();
        }
    }

    @Test
    void shouldRefuseAFileThatHoldsNoCertificates() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing here");
        Path missing = directory.resolve("missing.pem");

        assertThatThrownBy(() -> new Tls(new TlsSettings(empty))).isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> new Tls(new TlsSettings(missing))).isInstanceOf(IOException.class)
                .hasMessageContaining("missing.pem");
    }
}
