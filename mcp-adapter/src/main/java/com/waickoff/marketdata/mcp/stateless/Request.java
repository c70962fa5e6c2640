package com.waickoff.marketdata.mcp.stateless;

import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that is being answered.
 *
 * @param id as the client gave it: a text or a number
 * @param params without shape as yet, metadata included
 * @param capabilities of the client
 * @param outlet the way to the client
 * @param mayWait whether the thread that answers may wait for anything but its turn
 */
public record Request(Object id, Map<String, Object> params, Map<String, Object> capabilities,
        Outlet outlet, boolean mayWait) {
    /** A text parameter that must be there. */
    public String requiredText(String name) throws RpcFailure {
        if (params.get(name) instanceof String text) {
            return text;
        }
        throw new RpcFailure(Rpc.INVALID_PARAMS, name + " is missing or not a text.");
    }

    /** An object parameter; null where it is not given. */
    @SuppressWarnings("unchecked") // in JSON all names are texts
    public @Nullable Map<String, Object> object(String name) throws RpcFailure {
        Object value = params.get(name);
        if (value == null) {
            return null;
        }
        if (value instanceof Map<?, ?> object) {
            return (Map<String, Object>) object;
        }
        throw new RpcFailure(Rpc.INVALID_PARAMS, name + " must be an object.");
    }

    /** A value of the metadata; null where it is not given. */
    public @Nullable Object meta(String name) {
        return params.get("_meta") instanceof Map<?, ?> meta ? meta.get(name) : null;
    }

    /** Sends a notification ahead of the answer. */
    public void notify(String method, Map<String, Object> notice) throws IOException {
        outlet.send(Rpc.notification(method, notice));
    }
}
