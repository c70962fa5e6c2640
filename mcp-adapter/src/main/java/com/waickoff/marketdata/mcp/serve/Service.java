package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.stateless.StatelessServer;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is served, in both eras of the protocol, whatever transport it is reached by.
 *
 * <p>Threads: any, many at once.
 */
public interface Service extends AutoCloseable {
    /** How JSON is read and written. */
    McpJsonMapper mapper();

    /** Serves one session of the older era. */
    void serve(McpServerTransportProvider transport);

    /** Serves many sessions of the older era. */
    void serve(McpStreamableServerTransportProvider transport);

    /** The younger era. */
    StatelessServer stateless();

    /** Names of the tools there are, whichever may be called at the moment. */
    Set<String> tools();

    /**
     * Whether a call of a tool waits for something, or may, or says anything ahead of its answer, which
     * waits for the client. Others are made by threads that must not wait; those of {@link
     * #sessionTools} and of {@link #stateless} may then turn out to have to.
     *
     * @param params of the call, as the client sent them
     */
    boolean mayWait(Map<String, Object> params);

    /** What calls tools in sessions; null where the SDK does. */
    default @Nullable SessionTools sessionTools() {
        return null;
    }

    /** Who is told of changes. */
    Fanout fanout();

    /** Faults. */
    Incidents incidents();

    /** Ends all subscriptions. */
    @Override
    void close();
}
