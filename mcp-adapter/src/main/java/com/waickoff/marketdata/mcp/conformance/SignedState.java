package com.waickoff.marketdata.mcp.conformance;

import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** State that a client carries between two requests and cannot change: signed by a key of this run. */
final class SignedState {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;

    private final SecretKeySpec key;

    SignedState() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        key = new SecretKeySpec(bytes, ALGORITHM);
    }

    String sign(String state) {
        return encoded(state.getBytes(StandardCharsets.UTF_8)) + '.' + encoded(mac(state));
    }

    /** The state that was signed. */
    String verify(Object signed) throws RpcFailure {
        if (signed instanceof String text && text.indexOf('.') > 0) {
            int dot = text.indexOf('.');
            try {
                String state = new String(Base64.getUrlDecoder().decode(text.substring(0, dot)),
                        StandardCharsets.UTF_8);
                if (MessageDigest.isEqual(mac(state),
                        Base64.getUrlDecoder().decode(text.substring(dot + 1)))) {
                    return state;
                }
            } catch (IllegalArgumentException notBase64) {
                throw refused();
            }
        }
        throw refused();
    }

    private static RpcFailure refused() {
        return new RpcFailure(Rpc.INVALID_PARAMS, "requestState is not the one that was given.");
    }

    private byte[] mac(String state) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(state.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
