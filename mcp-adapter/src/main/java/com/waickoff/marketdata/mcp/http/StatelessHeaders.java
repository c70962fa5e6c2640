package com.waickoff.marketdata.mcp.http;

import com.waickoff.marketdata.mcp.message.Incoming;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import com.waickoff.marketdata.mcp.stateless.Revision;
import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What revision 2026-07-28 says in headers as well as in the body, so that whoever stands in between
 * need not read the body. If the two differ, somebody in between was misled.
 */
final class StatelessHeaders {
    private static final String ENCODED = "=?base64?";
    private static final String ENCODED_END = "?=";
    /** Methods whose requests name what they are about, and by which parameter. */
    private static final Map<String, String> NAMED = Map.of("tools/call", "name", "prompts/get",
            "name", "resources/read", "uri");

    private StatelessHeaders() {}

    static void check(Exchange exchange, Incoming message) throws RpcFailure {
        Object version = message.meta().get(Revision.META_VERSION);
        String given = one(exchange, "MCP-Protocol-Version");
        // Without one in the body the request is refused for that.
        if (version != null && !version.equals(given)) {
            throw mismatch("MCP-Protocol-Version");
        }
        if (message.kind() == Incoming.Kind.REQUEST) {
            if (!message.method().equals(one(exchange, "Mcp-Method"))) {
                throw mismatch("Mcp-Method");
            }
            String parameter = NAMED.get(message.method());
            if (parameter != null && message.params().get(parameter) instanceof String name
                    && !name.equals(decoded(one(exchange, "Mcp-Name")))) {
                throw mismatch("Mcp-Name");
            }
        }
    }

    /** Null also where there are several: they could be read as any of them. */
    private static @Nullable String one(Exchange exchange, String name) {
        List<String> values = exchange.headers(name);
        return values.size() == 1 ? values.getFirst().strip() : null;
    }

    private static @Nullable String decoded(@Nullable String value) {
        if (value == null || !value.startsWith(ENCODED) || !value.endsWith(ENCODED_END)
                || value.length() < ENCODED.length() + ENCODED_END.length()) {
            return value;
        }
        try {
            return new String(Base64.getDecoder().decode(value.substring(ENCODED.length(),
                    value.length() - ENCODED_END.length())), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }

    private static RpcFailure mismatch(String header) {
        return new RpcFailure(StatelessServer.HEADER_MISMATCH,
                "The header " + header + " is missing, or says something else than the body.");
    }
}
