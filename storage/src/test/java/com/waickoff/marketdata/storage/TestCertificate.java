package com.waickoff.marketdata.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Base64;

/**
 * A self-signed certificate and its key.
 *
 * @param certificateFile in PEM
 * @param keyFile in PEM
 */
public record TestCertificate(X509Certificate certificate, PrivateKey key, Path certificateFile,
        Path keyFile) {
    private static final String PASSWORD = "changeit";

    /** Makes one for an alternative name such as {@code ip:127.0.0.1}. */
    public static TestCertificate make(Path directory, String name, String subjectAlternative)
            throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=" + name, "-ext",
                "san=" + subjectAlternative, "-ext", "bc:c", "-storetype", "PKCS12", "-storepass",
                PASSWORD, "-keystore", store.toString()).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        PrivateKey key = (PrivateKey) keys.getKey("a", PASSWORD.toCharArray());
        X509Certificate certificate = (X509Certificate) keys.getCertificate("a");
        return new TestCertificate(certificate, key,
                Files.writeString(directory.resolve(name + ".crt"),
                        pem("CERTIFICATE", certificate.getEncoded())),
                Files.writeString(directory.resolve(name + ".key"),
                        pem("PRIVATE KEY", key.getEncoded())));
    }

    private static String pem(String label, byte[] content) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(content)
                + "\n-----END " + label + "-----\n";
    }
}
