package com.waickoff.marketdata.mcp.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens signed by an authorization server: by a public key of its set, from the issuer that is
 * configured, for this server as audience, and not expired.
 *
 * <p>Threads: any, many at once; one at a time fetches keys, with a time limit.
 */
public final class JwtTokens implements TokenCheck {
    private static final Logger LOG = LoggerFactory.getLogger(JwtTokens.class);
    /** Public keys only: a secret that both sides know is no proof of who signed. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256,
            JWSAlgorithm.RS384, JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384,
            JWSAlgorithm.PS512, JWSAlgorithm.ES256, JWSAlgorithm.ES384, JWSAlgorithm.ES512);
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int READ_TIMEOUT_MS = 2_000;
    private static final int MAX_KEYS_BYTES = 256 * 1024;
    private static final int MAX_SKEW_SECONDS = 30;

    /** Public keys of an authorization server. */
    public static final class Keys {
        private final JWKSource<SecurityContext> source;

        private Keys(JWKSource<SecurityContext> source) {
            this.source = source;
        }
    }

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final String scope;

    /**
     * Tokens of this issuer.
     *
     * @param issuer value of {@code iss}
     * @param audience one of the values of {@code aud}
     * @param scope that a token must have to read; empty if any may
     */
    public JwtTokens(Keys keys, String issuer, String audience, String scope) {
        this.scope = scope;
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys.source));
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(Set.of(audience),
                new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("exp", "iss", "aud"),
                Set.of());
        claims.setMaxClockSkew(MAX_SKEW_SECONDS);
        processor.setJWTClaimsSetVerifier(claims);
    }

    /**
     * Keys in a file, read once.
     *
     * @throws IOException if it cannot be read or holds something else
     */
    public static Keys keysIn(Path file) throws IOException {
        try {
            return new Keys(new ImmutableJWKSet<>(JWKSet.load(file.toFile())));
        } catch (ParseException e) {
            throw new IOException(file + " holds no set of keys", e);
        }
    }

    /** Keys of an authorization server, fetched when first needed, and again when one is new. */
    public static Keys keysAt(URI address) throws IOException {
        return new Keys(JWKSourceBuilder.create(address.toURL(), new DefaultResourceRetriever(
                CONNECT_TIMEOUT_MS, READ_TIMEOUT_MS, MAX_KEYS_BYTES))
                .outageTolerant(true).retrying(true).build());
    }

    @Override
    public @Nullable Principal check(String token) {
        try {
            JWTClaimsSet claims = processor.process(token, null);
            return new Principal("jwt-" + claims.getSubject(), mayRead(claims));
        } catch (ParseException | BadJOSEException refused) {
            LOG.debug("a token was refused: {}", refused.getMessage());
            return null;
        } catch (JOSEException | RuntimeException unable) {
            LOG.warn("a token could not be checked: {}", unable.getMessage());
            return null;
        }
    }

    /** Scopes are words of one text, or a list, as servers will have it. */
    private boolean mayRead(JWTClaimsSet claims) {
        if (scope.isEmpty()) {
            return true;
        }
        Object given = claims.getClaim("scope");
        Object listed = given == null ? claims.getClaim("scp") : given;
        return (listed instanceof String words && List.of(words.split(" ")).contains(scope))
                || (listed instanceof List<?> list && list.contains(scope));
    }
}
