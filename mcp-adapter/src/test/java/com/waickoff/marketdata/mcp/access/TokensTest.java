package com.waickoff.marketdata.mcp.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whose token it is, of those that are configured and of those that are signed. */
@Timeout(300)
class TokensTest {
    private static final String ISSUER = "https://login.example.com";
    private static final String AUDIENCE = "waickoff";

    @TempDir
    Path directory;
    private ECKey key;
    private Path keys;

    @BeforeEach
    void makeKeys() throws JOSEException, IOException {
        key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
        keys = directory.resolve("keys.json");
        Files.writeString(keys, new JWKSet(key).toPublicJWKSet().toString());
    }

    @Test
    void shouldKnowConfiguredTokens() {
        StaticTokens tokens = new StaticTokens(List.of("first-token-0123", "second-token-012"));

        assertThat(tokens.check("first-token-0123")).isEqualTo(new Principal("token-0", true));
        assertThat(tokens.check("second-token-012")).isEqualTo(new Principal("token-1", true));
        assertThat(tokens.check("second-token-01")).isNull();
        assertThat(tokens.check("")).isNull();
    }

    @Test
    void shouldTakeWhatTheIssuerHasSigned() throws Exception {
        TokenCheck tokens = tokens("market:read");

        assertThat(tokens.check(signed(claims -> claims)))
                .isEqualTo(new Principal("jwt-agent", true));
        assertThat(tokens.check(signed(claims -> claims.claim("scope", "other"))).mayRead())
                .isFalse();
        assertThat(tokens.check(signed(claims -> claims.claim("scope", null)
                .claim("scp", List.of("market:read")))).mayRead()).isTrue();
        assertThat(tokens("").check(signed(claims -> claims.claim("scope", null))).mayRead())
                .isTrue();
    }

    @Test
    void shouldRefuseEverythingElse() throws Exception {
        TokenCheck tokens = tokens("");
        String good = signed(claims -> claims);

        assertThat(tokens.check(signed(claims -> claims.issuer("https://evil.example.com"))))
                .isNull();
        assertThat(tokens.check(signed(claims -> claims.audience("another")))).isNull();
        assertThat(tokens.check(signed(claims -> claims
                .expirationTime(Date.from(Instant.now().minusSeconds(3_600)))))).isNull();
        assertThat(tokens.check(signed(claims -> claims.expirationTime(null)))).isNull();
        assertThat(tokens.check(signed(claims -> claims
                .notBeforeTime(Date.from(Instant.now().plusSeconds(3_600)))))).isNull();
        assertThat(tokens.check(good.substring(0, good.length() - 4) + "AAAA")).isNull();
        assertThat(tokens.check("garbage")).isNull();
        assertThat(tokens.check(new PlainJWT(claims().build()).serialize())).isNull();
        assertThat(tokens.check(otherKey())).isNull();
        assertThat(tokens.check(publicKeyAsSecret())).isNull();
    }

    @Test
    void shouldFetchKeysAndOutliveTheirServer() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer
                .create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/keys", exchange -> {
            asked.incrementAndGet();
            byte[] body = Files.readString(keys).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        TokenCheck tokens = new JwtTokens(JwtTokens.keysAt(URI.create("http://127.0.0.1:"
                + server.getAddress().getPort() + "/keys")), ISSUER, AUDIENCE, "");

        String token = signed(claims -> claims);
        while (tokens.check(token) == null) {
            // Keys are waited for two seconds: a busy machine needs more now and then.
            Thread.sleep(100);
        }
        int fetched = asked.get();
        server.stop(0);

        assertThat(tokens.check(signed(claims -> claims))).isNotNull();
        assertThat(asked).hasValue(fetched);
    }

    private TokenCheck tokens(String scope) throws IOException {
        return new JwtTokens(JwtTokens.keysIn(keys), ISSUER, AUDIENCE, scope);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder().issuer(ISSUER).audience(AUDIENCE).subject("agent")
                .claim("scope", "openid market:read")
                .expirationTime(Date.from(Instant.now().plusSeconds(3_600)));
    }

    private String signed(UnaryOperator<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(key, change);
    }

    private static String signed(ECKey with, UnaryOperator<JWTClaimsSet.Builder> change)
            throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("1").build(),
                change.apply(claims()).build());
        token.sign(new ECDSASigner(with));
        return token.serialize();
    }

    private static String otherKey() throws JOSEException {
        return signed(new ECKeyGenerator(Curve.P_256).keyID("1").generate(), claims -> claims);
    }

    /** The old trick: what everybody knows, taken for what only two know. */
    private String publicKeyAsSecret() throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("1").build(), claims().build());
        token.sign(new MACSigner(key.toPublicJWK().toJSONString()));
        return token.serialize();
    }
}
