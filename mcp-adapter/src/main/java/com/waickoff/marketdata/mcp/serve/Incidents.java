package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.message.Rpc;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Faults of this program: the operator gets all there is to know on standard error, the client only
 * the reference under which it stands there.
 *
 * <p>Threads: any.
 */
public final class Incidents {
    private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);
    private static final int REFERENCE_BITS = 40;

    private final AtomicLong next;

    /**
     * References that differ from those of other runs.
     *
     * @param seed such as the time
     */
    public Incidents(long seed) {
        // Bits of the seed are spread, so that two runs of one second do not count along together.
        next = new AtomicLong(seed * 0x9E3779B97F4A7C15L);
    }

    /** Writes a fault down and returns its reference. */
    public String record(String where, Throwable fault) {
        String reference = reference();
        LOG.error("ref={} in {}", reference, where, fault);
        return reference;
    }

    /** Writes down what is only known by its words, and returns its reference. */
    public String record(String where, String words) {
        String reference = reference();
        LOG.error("ref={} in {}: {}", reference, where, words);
        return reference;
    }

    /**
     * A message as a client may see it: where the SDK would tell it the words of an exception, it gets
     * the reference.
     */
    public Object safe(JSONRPCMessage message) {
        return message instanceof JSONRPCResponse response && response.error() != null
                && response.error().code() == Rpc.INTERNAL_ERROR
                        ? Rpc.error(response.id(), Rpc.INTERNAL_ERROR, "INTERNAL ref="
                                + record("protocol", String.valueOf(response.error().message())))
                        : message;
    }

    private String reference() {
        return String.format(Locale.ROOT, "%010x",
                next.getAndIncrement() & ((1L << REFERENCE_BITS) - 1));
    }
}
