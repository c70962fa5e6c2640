package com.waickoff.venue.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A certificate authority that lives as long as a test, and trusts nobody but itself: its root is for
 * the clients, what it issues for a {@link VenueServer}. The private keys never leave the process.
 */
public final class TestAuthority {
    private static final String NAME = "Simulated venue test CA";
    private static final Duration PAST = Duration.ofDays(1);
    private static final Duration FUTURE = Duration.ofDays(30);
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;
    private static final int[] KEY_USAGE = {2, 5, 29, 15};
    private static final int[] ALTERNATIVE_NAMES = {2, 5, 29, 17};
    private static final int[] BASIC_CONSTRAINTS = {2, 5, 29, 19};
    private static final byte[] ECDSA_SHA256 = Der
            .sequence(Der.objectId(1, 2, 840, 10045, 4, 3, 2));

    /**
     * A key and the chain that vouches for it.
     *
     * @param chain server first, root last
     */
    public record Issued(PrivateKey key, List<X509Certificate> chain) {
        public Issued {
            chain = List.copyOf(chain);
        }
    }

    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys;
    private final X509Certificate root;

    public TestAuthority() throws GeneralSecurityException {
        this.keys = newKeys();
        this.root = sign(NAME, keys, NAME, Instant.now().plus(FUTURE),
                extension(BASIC_CONSTRAINTS, true, Der.sequence(Der.bool(true))),
                // Signs certificates and nothing else.
                extension(KEY_USAGE, true, Der.bits(2, new byte[]{0x04})));
    }

    /** What clients have to trust. */
    public X509Certificate root() {
        return root;
    }

    /** The root as PEM. */
    public String pem() throws GeneralSecurityException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(root.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    /** Writes the root as PEM. */
    public void write(Path file) throws IOException, GeneralSecurityException {
        Files.writeString(file, pem(), StandardCharsets.US_ASCII);
    }

    /** A certificate for hosts by name or address, good for some weeks. */
    public Issued issue(String... hosts) throws GeneralSecurityException {
        return issue(Instant.now().plus(FUTURE), hosts);
    }

    /** A certificate that is good until a time, past or to come. */
    public Issued issue(Instant until, String... hosts) throws GeneralSecurityException {
        KeyPair server = newKeys();
        List<byte[]> names = new ArrayList<>();
        for (String host : hosts) {
            names.add(ADDRESS.matcher(host).matches()
                    ? Der.implicit(IP_ADDRESS, address(host))
                    : Der.implicit(DNS_NAME, host.getBytes(StandardCharsets.US_ASCII)));
        }
        X509Certificate certificate = sign(hosts.length == 0 ? "nobody" : hosts[0], server, NAME,
                until, extension(ALTERNATIVE_NAMES, false,
                        Der.sequence(names.toArray(byte[][]::new))));
        return new Issued(server.getPrivate(), List.of(certificate, root));
    }

    private X509Certificate sign(String subject, KeyPair subjectKeys, String issuer, Instant until,
            byte[]... extensions) throws GeneralSecurityException {
        Instant from = until.minus(FUTURE).minus(PAST);
        byte[] body = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(96, random).setBit(96)),
                ECDSA_SHA256,
                name(issuer),
                Der.sequence(Der.time(from), Der.time(until)),
                name(subject),
                subjectKeys.getPublic().getEncoded(),
                Der.explicit(3, Der.sequence(extensions)));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] certificate = Der.sequence(body, ECDSA_SHA256, Der.bits(0, signature.sign()));
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate));
    }

    private static byte[] name(String common) {
        return Der.sequence(Der.set(
                Der.sequence(Der.objectId(2, 5, 4, 3), Der.text(common))));
    }

    /** @param critical whether who does not understand it must not trust the certificate */
    private static byte[] extension(int[] id, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.objectId(id), Der.bool(true), Der.octets(value))
                : Der.sequence(Der.objectId(id), Der.octets(value));
    }

    private static byte[] address(String host) {
        return InetAddress.ofLiteral(host).getAddress();
    }

    private KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }
}
