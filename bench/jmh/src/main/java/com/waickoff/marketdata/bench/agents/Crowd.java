package com.waickoff.marketdata.bench.agents;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Very many agents of one adapter, of which a few do something at a time.
 *
 * <p>Threads: one, and its own.
 */
final class Crowd {
    private static final int AT_ONCE = 8;
    private static final double NS_A_S = 1e9;
    private static final int OK = 200;

    private final HttpClient client;
    private final ExecutorService threads;

    /**
     * How attempts to begin a session ended.
     *
     * @param agents those who have one
     * @param refusal what the last of the others was told
     */
    record Begun(List<Agent> agents, long refused, String refusal, double seconds) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%,d attempts in %.1f s, %,d accepted, %,d refused%s",
                    agents.size() + refused, seconds, agents.size(), refused, refusal);
        }
    }

    /** Something that an agent does. */
    @FunctionalInterface
    interface Deed<T> {
        T of(Agent agent) throws IOException, InterruptedException;
    }

    Crowd(HttpClient client, ExecutorService threads) {
        this.client = client;
        this.threads = threads;
    }

    /** One more agent, without a session. */
    Agent agent(Adapter adapter) {
        return new Agent(client, adapter.at("mcp"));
    }

    /** Begins sessions until so many were asked for. */
    Begun begin(Adapter adapter, int attempts) throws InterruptedException, ExecutionException {
        List<Agent> all = new ArrayList<>();
        for (int i = 0; i < attempts; i++) {
            all.add(agent(adapter));
        }
        long beganNs = System.nanoTime();
        List<HttpResponse<String>> answers = each(all, Agent::begin);
        double seconds = (System.nanoTime() - beganNs) / NS_A_S;
        List<Agent> accepted = new ArrayList<>();
        String refusal = "";
        for (int i = 0; i < attempts; i++) {
            HttpResponse<String> answer = answers.get(i);
            if (answer.statusCode() == OK) {
                accepted.add(all.get(i));
            } else {
                refusal = " with " + answer.statusCode() + ", Retry-After "
                        + answer.headers().firstValue("Retry-After").orElse("absent");
            }
        }
        return new Begun(accepted, attempts - accepted.size(), refusal, seconds);
    }

    /** The same of each; results in the order of the agents. */
    <T> List<T> each(List<Agent> agents, Deed<T> deed)
            throws InterruptedException, ExecutionException {
        int share = (agents.size() + AT_ONCE - 1) / AT_ONCE;
        List<Callable<List<T>>> shares = new ArrayList<>();
        for (int from = 0; from < agents.size(); from += share) {
            List<Agent> some = agents.subList(from, Math.min(agents.size(), from + share));
            shares.add(() -> {
                List<T> results = new ArrayList<>();
                for (Agent agent : some) {
                    results.add(deed.of(agent));
                }
                return results;
            });
        }
        List<T> results = new ArrayList<>();
        for (Future<List<T>> done : threads.invokeAll(shares)) {
            results.addAll(done.get());
        }
        return results;
    }
}
