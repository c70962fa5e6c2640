package com.waickoff.marketdata.mcp.stateless;

import com.waickoff.marketdata.mcp.message.Rpc;
import com.waickoff.marketdata.mcp.message.RpcFailure;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import com.waickoff.marketdata.mcp.subscribe.News;
import com.waickoff.marketdata.mcp.subscribe.Subscriber;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code subscriptions/listen}: a request that is answered when the subscription ends, and notifies
 * until then. It keeps its thread for as long: that thread is the subscriber's writer.
 */
public final class Listening implements Method {
    /** What clients can be told of, by the names of the filter. */
    public static final Map<String, String> ANNOUNCEMENTS = Map.of("toolsListChanged",
            "notifications/tools/list_changed", "promptsListChanged",
            "notifications/prompts/list_changed", "resourcesListChanged",
            "notifications/resources/list_changed");

    private static final String META_SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId";
    private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
    private static final String UPDATED = "notifications/resources/updated";
    private static final String RESOURCES = "resourceSubscriptions";

    private final Fanout fanout;
    private final Set<String> announced;
    private final long signOfLifeNs;

    /**
     * Subscriptions to these.
     *
     * @param announced names of {@link #ANNOUNCEMENTS} that ever happen here
     * @param signOfLifeNs after how long without news the outlet is asked to show that it lives
     */
    public Listening(Fanout fanout, Set<String> announced, long signOfLifeNs) {
        this.fanout = fanout;
        this.announced = Set.copyOf(announced);
        this.signOfLifeNs = signOfLifeNs;
    }

    @Override
    public Map<String, Object> answer(Request request) throws RpcFailure, IOException {
        Map<String, Object> filter = request.object("notifications");
        if (filter == null) {
            throw new RpcFailure(Rpc.INVALID_PARAMS, "notifications is missing.");
        }
        if (fanout.isFull()) {
            throw new RpcFailure(Rpc.BUSY,
                    "There are as many subscriptions as there may be. Try again later.");
        }
        Map<String, Object> tag = Map.of(META_SUBSCRIPTION, request.id());
        try (Subscriber subscriber = fanout.open(request.outlet()::cut)) {
            Map<String, Object> granted = grant(filter, subscriber);
            request.notify(ACKNOWLEDGED, params(tag, "notifications", granted));
            for (News news = subscriber.next(signOfLifeNs); news != null; news = subscriber
                    .next(signOfLifeNs)) {
                tell(request, news, tag);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
        return new LinkedHashMap<>(Map.of("_meta", tag));
    }

    private Map<String, Object> grant(Map<String, Object> filter, Subscriber subscriber)
            throws RpcFailure {
        Map<String, Object> granted = new LinkedHashMap<>();
        ANNOUNCEMENTS.forEach((name, method) -> {
            if (Boolean.TRUE.equals(filter.get(name)) && announced.contains(name)) {
                subscriber.want(method);
                granted.put(name, true);
            }
        });
        Object uris = filter.get(RESOURCES);
        if (uris != null) {
            if (!(uris instanceof List<?> list)) {
                throw new RpcFailure(Rpc.INVALID_PARAMS, RESOURCES + " must be a list of URIs.");
            }
            List<String> watched = new ArrayList<>();
            for (Object uri : list) {
                if (uri instanceof String text && subscriber.watch(text)) {
                    watched.add(text);
                }
            }
            granted.put(RESOURCES, watched);
        }
        return granted;
    }

    private static void tell(Request request, News news, Map<String, Object> tag)
            throws IOException {
        if (news.isEmpty()) {
            request.outlet().signOfLife();
        }
        for (String method : news.announcements()) {
            request.notify(method, new LinkedHashMap<>(Map.of("_meta", tag)));
        }
        for (String uri : news.updated()) {
            request.notify(UPDATED, params(tag, "uri", uri));
        }
    }

    private static Map<String, Object> params(Map<String, Object> tag, String name, Object value) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("_meta", tag);
        params.put(name, value);
        return params;
    }
}
