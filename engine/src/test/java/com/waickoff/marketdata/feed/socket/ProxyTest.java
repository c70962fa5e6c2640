package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.waickoff.marketdata.feed.socket.ProxySettings.Kind;
import com.waickoff.marketdata.feed.socket.TestProxy.Manner;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.venue.Venue;
import com.waickoff.venue.serve.PlaySettings;
import com.waickoff.venue.serve.SyntheticSource;
import com.waickoff.venue.serve.TestAuthority;
import com.waickoff.venue.serve.VenueServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Feeds through proxies that work, that refuse, and that fail. */
class ProxyTest {
    private static final String VENUE = "bybit-linear";
    /** A name that no name server knows, so it can only be the proxy that found it. */
    private static final String HOST = "stream.venue.invalid";
    private static final String USER = "trader";
    private static final String PASSWORD = "hunter2:%@/ü";
    /** Within this a proxy of this machine takes a connection, and says nothing more. */
    private static final int MUTE_MS = 1_000;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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

    private VenueServer serve(String... names) throws Exception {
        return VenueServer
                .builder(SyntheticSource.builder(Venue.of(VENUE), 1).symbols("BTCUSDT").build())
                .play(PlaySettings.standard().startingOnFirstSubscription())
                .tls(authority.issue(names), 0).open();
    }

    private FeedRig rig(VenueServer server, ProxySettings proxy, boolean isTls)
            throws IOException {
        return rig(settings(isTls ? server.tlsPort() : server.port(), isTls), proxy);
    }

    /** To a venue that is reached by TLS, though there is none. */
    private FeedRig rig(ProxySettings proxy) throws IOException {
        return rig(settings(443, true), proxy);
    }

    private static FeedSettings settings(int port, boolean isTls) {
        String at = HOST + ':' + port;
        return FeedRig.patient(FeedSettings.of(VENUE,
                URI.create((isTls ? "wss://" : "ws://") + at),
                URI.create((isTls ? "https://" : "http://") + at))).withBackOffMs(1, 50)
                .withBreakerMs(10);
    }

    private FeedRig rig(FeedSettings settings, ProxySettings proxy) throws IOException {
        return new FeedRig(new LoopSettings(SocketKind.AUTO, new TlsSettings(trusted),
                Map.of(VENUE, proxy)), 1).start(settings,
                        ports -> ServedVenuesTest.protocol(VENUE, ports));
    }

    @ParameterizedTest
    @CsvSource({"HTTP, true, true", "HTTP, true, false", "HTTP, false, false",
            "SOCKS5, true, true", "SOCKS5, true, false", "SOCKS5, false, false"})
    void shouldReachTheVenueThroughAProxy(Kind kind, boolean isTls, boolean hasLogin)
            throws Exception {
        try (VenueServer server = serve(HOST);
                TestProxy proxy = new TestProxy(kind, hasLogin ? USER + ':' + PASSWORD : null);
                FeedRig rig = rig(server, hasLogin ? proxy.settings(USER, PASSWORD)
                        : proxy.settings(null, null), isTls)) {
            rig.awaitState(FeedState.LIVE);
            rig.awaitCount(Counter.FRAMES_DECODED, 10);
            rig.awaitCount(Counter.HTTP_REQUESTS, 1);
            int port = isTls ? server.tlsPort() : server.port();
            assertThat(proxy.targets).hasSizeGreaterThanOrEqualTo(2) // WebSocket and REST
                    .containsOnly(HOST + ':' + port);
            assertThat(rig.errorCodes()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldLeaveALoginUnusedWhereNoneIsWanted(Kind kind) throws Exception {
        try (VenueServer server = serve(HOST);
                TestProxy proxy = new TestProxy(kind, null);
                FeedRig rig = rig(server, proxy.settings(USER, PASSWORD), true)) {
            rig.awaitState(FeedState.LIVE);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldCheckWhetherItIsTheVenueAtTheOtherEnd(Kind kind) throws Exception {
        try (VenueServer server = serve("127.0.0.1", "localhost"); // whom the proxy connects to
                TestProxy proxy = new TestProxy(kind, null);
                FeedRig rig = rig(server, proxy.settings(null, null), true)) {
            rig.awaitDetail("the certificate of " + HOST + ':' + server.tlsPort()
                    + " is for another host");
            assertThat(rig.errorCodes()).containsOnly("certificate_of_another_host");
            assertThat(rig.count(Counter.CONNECTS)).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP   | false | HELPFUL    | proxy_login_wanted  | wants a user and a password, and none are configured
            HTTP   | true  | HELPFUL    | proxy_login_refused | does not take the user and the password
            HTTP   | true  | FORBIDDING | proxy_login_refused | does not take the user and the password
            SOCKS5 | false | HELPFUL    | proxy_login_wanted  | lets nobody in without a login
            SOCKS5 | true  | HELPFUL    | proxy_login_refused | does not take the user and the password
            """)
    void shouldSayWhyAProxyLetsUsNotIn(Kind kind, boolean hasLogin, Manner manner, String code,
            String detail) throws Exception {
        try (TestProxy proxy = new TestProxy(kind, "another:login");
                FeedRig rig = rig(hasLogin ? proxy.settings(USER, PASSWORD)
                        : proxy.settings(null, null))) {
            proxy.manner = manner;
            assertComplaint(rig, proxy, code, detail);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTP   | FORBIDDING | proxy_refused | did not connect to stream.venue.invalid:443, it said HTTP 403
            HTTP   | ENDLESS    | proxy_refused | did not connect to stream.venue.invalid:443, it said HTTP 403
            HTTP   | UNABLE     | proxy_refused | did not connect to stream.venue.invalid:443, it said HTTP 502
            HTTP   | MUTE       | proxy_timeout | did not reach stream.venue.invalid:443 in time
            HTTP   | RUDE       | proxy_cut     | cut the connection before it reached stream.venue.invalid:443
            SOCKS5 | FORBIDDING | proxy_refused | did not connect to stream.venue.invalid:443, it said FORBIDDEN
            SOCKS5 | UNABLE     | proxy_refused | did not connect to stream.venue.invalid:443, it said HOST_UNREACHABLE
            SOCKS5 | MUTE       | proxy_timeout | did not reach stream.venue.invalid:443 in time
            SOCKS5 | RUDE       | proxy_cut     | cut the connection before it reached stream.venue.invalid:443
            """)
    void shouldSayWhatAProxyDidInsteadOfHelping(Kind kind, Manner manner, String code,
            String detail) throws Exception {
        try (TestProxy proxy = new TestProxy(kind, null)) {
            proxy.manner = manner;
            FeedSettings patient = settings(443, true);
            try (FeedRig rig = rig(manner == Manner.MUTE
                    ? patient.withConnectTimeoutsMs(MUTE_MS, patient.handshakeTimeoutMs())
                    : patient, proxy.settings(USER, PASSWORD))) {
                assertComplaint(rig, proxy, code, detail);
            }
        }
    }

    private static void assertComplaint(FeedRig rig, TestProxy proxy, String code,
            String detail) {
        rig.awaitDetail(detail);
        assertThat(rig.errors.read()).allSatisfy(error -> assertThat(error.detail())
                .contains("the proxy 127.0.0.1:" + proxy.port()).contains(detail));
        rig.awaitCount(Counter.CONNECT_FAILURES, 3); // it goes on
        assertThat(rig.errorCodes()).containsOnly(code);
        assertThat(rig.errors.read()).noneMatch(error -> error.detail().contains(USER)
                || error.detail().contains("hunter2"));
        assertThat(rig.detail()).doesNotContain(USER, "hunter2");
        assertThat(rig.count(Counter.CONNECTS)).isZero();
        assertThat(rig.failures).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldSayThatAProxySpeaksSomethingElse(Kind kind) throws Exception {
        try (RawServer server = new RawServer(
                line -> line.send("220 mail.example ESMTP\r\n\r\n").drain());
                FeedRig rig = rig(new ProxySettings(kind, "127.0.0.1",
                        server.uri("ws").getPort(), null, null))) {
            rig.awaitDetail(kind == Kind.HTTP ? "answered something that is not HTTP"
                    : "or is no SOCKS5 proxy");
        }
    }

    @Test
    void shouldSayThatThereIsNoProxy() throws Exception {
        try (ClosedPort closed = new ClosedPort();
                FeedRig rig = rig(new ProxySettings(Kind.HTTP, "127.0.0.1", closed.port(), null,
                        null))) {
            rig.awaitDetail("connection refused by the proxy 127.0.0.1:" + closed.port());
            assertThat(rig.errorCodes()).containsOnly("proxy_connection_refused");
        }
        try (FeedRig rig = rig(
                new ProxySettings(Kind.SOCKS5, "no-such-proxy.invalid", 1080, null, null))) {
            rig.awaitDetail("no address is known for the proxy no-such-proxy.invalid:1080");
            assertThat(rig.errorCodes()).containsOnly("proxy_unknown_host");
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldComeBackAfterAProxyDied(Kind kind) throws Exception {
        try (VenueServer server = serve(HOST);
                TestProxy proxy = new TestProxy(kind, null);
                FeedRig rig = rig(server, proxy.settings(null, null), true)) {
            rig.awaitState(FeedState.LIVE);
            proxy.manner = Manner.RUDE;
            proxy.cutAll();
            rig.awaitCount(Counter.CONNECT_FAILURES, 2);
            rig.awaitCount(Counter.DISCONNECTS, 1);
            proxy.manner = Manner.HELPFUL;
            rig.awaitCount(Counter.CONNECTS, 2);
            rig.awaitState(FeedState.LIVE);
            await().atMost(PATIENCE).until(() -> rig.count(Counter.FRAMES_DECODED) > 0);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            http://proxy:3128                | HTTP   | proxy   | 3128 | -   | -
            HTTP://proxy:3128/               | HTTP   | proxy   | 3128 | -   | -
            socks5://[::1]:1080              | SOCKS5 | ::1     | 1080 | -   | -
            socks5://me@10.0.0.1:1080        | SOCKS5 | 10.0.0.1 | 1080 | me | -
            http://me:p%40s%3As%2F+%25@h:1   | HTTP   | h       | 1    | me  | p@s:s/+%
            http://me:@h:1                   | HTTP   | h       | 1    | me  | ''
            """)
    void shouldReadAddresses(String address, Kind kind, String host, int port, String user,
            String password) {
        ProxySettings proxy = ProxySettings.of(address);
        assertThat(proxy).isEqualTo(new ProxySettings(kind, host, port, user, password));
        assertThat(proxy.isWithoutPassword()).isEqualTo(user != null && password == null);
        assertThat(proxy.toString()).endsWith("://" + proxy.peer());
        if (user != null) {
            assertThat(proxy.toString()).doesNotContain(user);
        }
    }

    @ParameterizedTest
    @CsvSource({"proxy:3128", "proxy", "http://proxy", "https://proxy:443", "socks4://proxy:1",
            "http://proxy:0", "http://proxy:65536", "http://proxy:1/path", "http://proxy:1?q",
            "http://:1", "http://a b@proxy:1", "http://:pw@proxy:1", "http://u:hunter2@x@proxy:1",
            "http://u%3Ax:hunter2@proxy:1", "ftp://u:hunter2@proxy:1"})
    void shouldRefuseOtherAddressesWithoutRepeatingThem(String address) {
        try {
            ProxySettings.of(address);
            throw new AssertionError("accepted");
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).contains(ProxySettings.FORM)
                    .doesNotContain("hunter2");
            assertThat(refused.getCause()).isNull();
        }
    }
}
