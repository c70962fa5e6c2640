package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What was asked for on each link, and what became of it. Data counts whether it was acknowledged
 * or not; an acknowledgement proves nothing but that the venue has read the request.
 *
 * <pre>
 *   wanted ─► waits ─► asked, in a request ─► acknowledged
 *     ▲         ▲              │
 *     │         └── alone ◄────┤ refused, or not answered in time, together with others
 *     └─ later and later ◄─────┘ refused, or not answered in time, alone: 5 s, 10 s … 5 min, for ever
 * </pre>
 *
 * <p>Few requests of a link are under way at a time, so that their answers are due soon and the rest
 * does not stand in the way of heartbeats.
 *
 * <p>Cold: requests are texts. Threads: the feed thread.
 */
final class Subscriptions {
    /** How long an answer may take. */
    static final long ANSWER_NS = 10_000_000_000L;
    /** Requests of one link that are not answered: at three a second they are sent in five. */
    static final int WINDOW = 16;
    /** Distances between requests for a stream that is refused. */
    static final long FIRST_RETRY_NS = 5_000_000_000L;
    static final long LONGEST_RETRY_NS = 300_000_000_000L;

    private static final int MOST_DOUBLINGS = 6;
    private static final int MOST_WORDS = 160;

    /** One request. */
    private static final class Request {
        final int link;
        final boolean isSubscription;
        final List<StreamState> streams;
        long id;
        long askedNs;

        Request(int link, boolean isSubscription, List<StreamState> streams) {
            this.link = link;
            this.isSubscription = isSubscription;
            this.streams = streams;
        }
    }

    /** A stream that was refused alone. */
    private record Refused(int link, StreamState stream, long dueNs) {}

    /** Learns what cannot be had. */
    interface Listener {
        /** A stream was refused alone, for the n-th time in a row. */
        void refused(int link, StreamState stream);

        /** Something to be said to people. */
        void complain(Counter kind, String what);
    }

    private final StreamLanguage language;
    private final VenueTransport transport;
    private final CounterBlock counters;
    private final Listener listener;
    private final SplittableRandom jitter;
    private final List<Request> waiting = new ArrayList<>();
    private final List<Request> asked = new ArrayList<>();
    private final List<Refused> refused = new ArrayList<>();
    private final List<StreamState> wanted = new ArrayList<>(); // on wantedLink, in no request yet
    private final int[] underWay = new int[2 * VenueProtocol.MOST_LINES];
    private int wantedLink;
    private long lastId;

    Subscriptions(StreamLanguage language, VenueTransport transport, CounterBlock counters,
            Listener listener, long seed) {
        this.language = language;
        this.transport = transport;
        this.counters = counters;
        this.listener = listener;
        this.jitter = new SplittableRandom(seed);
    }

    /** Wants a stream on a link; it is asked for with {@link #ask}, together with others. */
    void want(int link, StreamState stream, long nowNs) {
        if (stream.isPending(link)) {
            return;
        }
        if (wantedLink != link) {
            gather();
            wantedLink = link;
        }
        stream.asked(link, nowNs);
        wanted.add(stream);
    }

    /** Asks for what is wanted by now, as far as it may. */
    void ask(long nowNs) {
        gather();
        for (int i = 0; i < waiting.size(); i++) {
            Request request = waiting.get(i);
            if (underWay[request.link] < WINDOW) {
                waiting.remove(i--);
                send(request, nowNs);
            }
        }
    }

    /** Makes requests of what is wanted; what was refused before would spoil one for the others. */
    private void gather() {
        List<StreamState> some = new ArrayList<>();
        for (StreamState stream : wanted) {
            if (stream.refusals != 0) {
                waiting.add(new Request(wantedLink, true, List.of(stream)));
                continue;
            }
            some.add(stream);
            if (some.size() == language.mostPerRequest()) {
                waiting.add(new Request(wantedLink, true, List.copyOf(some)));
                some.clear();
            }
        }
        if (!some.isEmpty()) {
            waiting.add(new Request(wantedLink, true, List.copyOf(some)));
        }
        wanted.clear();
    }

    /** Ends a stream on a link and asks for it anew, unless it is being asked for. */
    void renew(int link, StreamState stream, long nowNs) {
        if (stream.isPending(link) || isRefused(link, stream)) {
            return;
        }
        gather();
        stream.asked(link, nowNs);
        waiting.add(new Request(link, false, List.of(stream)));
        waiting.add(new Request(link, true, List.of(stream)));
        ask(nowNs);
    }

    /** Ends streams on a link. */
    void end(int link, List<StreamState> streams, long nowNs) {
        gather();
        refused.removeIf(one -> one.link == link && streams.contains(one.stream));
        for (StreamState stream : streams) {
            stream.forget(link);
        }
        waiting.add(new Request(link, false, List.copyOf(streams)));
        ask(nowNs);
    }

    private boolean isRefused(int link, StreamState stream) {
        for (int i = 0; i < refused.size(); i++) {
            if (refused.get(i).link == link && refused.get(i).stream == stream) {
                return true;
            }
        }
        return false;
    }

    private void send(Request request, long nowNs) {
        request.id = ++lastId;
        request.askedNs = nowNs;
        underWay[request.link]++;
        asked.add(request);
        List<String> names = new ArrayList<>(request.streams.size());
        for (StreamState stream : request.streams) {
            names.add(name(stream));
        }
        transport.sendText(request.link,
                language.request(request.isSubscription, request.id, names));
    }

    private String name(StreamState stream) {
        return language.name(stream.symbol, stream.isTape);
    }

    /** A request was accepted. */
    void acked(long id, long nowNs) {
        Request request = answered(id);
        if (request != null) {
            acked(request, nowNs);
            ask(nowNs);
        }
    }

    private static void acked(Request request, long nowNs) {
        for (int i = 0; request.isSubscription && i < request.streams.size(); i++) {
            request.streams.get(i).acked(request.link, nowNs);
        }
    }

    /**
     * A request was refused.
     *
     * @param words of the venue
     * @return what to say of it to people; empty if it is as good as accepted
     */
    String refused(long id, String words, long nowNs) {
        Request request = answered(id);
        String said = words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words;
        if (request == null) {
            return "request refused";
        }
        String about = name(request.streams.getFirst());
        String text = said.isEmpty() ? "" : ": " + said;
        if (!request.isSubscription) {
            ask(nowNs);
            return about + " cannot be ended" + text;
        }
        if (language.isSubscribed(words) && request.streams.size() == 1) {
            acked(request, nowNs);
            ask(nowNs);
            return "";
        }
        if (request.streams.size() > 1) {
            apart(request);
            ask(nowNs);
            return request.streams.size() + " streams refused together, asked for one by one"
                    + text;
        }
        refusedAlone(request.link, request.streams.getFirst(), nowNs);
        ask(nowNs);
        return about + " refused" + text;
    }

    private void apart(Request request) {
        for (StreamState stream : request.streams) {
            waiting.add(new Request(request.link, true, List.of(stream)));
        }
    }

    private void refusedAlone(int link, StreamState stream, long nowNs) {
        stream.notAcked(link);
        counters.increment(Counter.STREAMS_REFUSED);
        refused.add(new Refused(link, stream, nowNs + retryNs(stream.refusals)));
        listener.refused(link, stream);
    }

    /** The n-th distance, from three quarters of it to five: those refused together part. */
    private long retryNs(int refusals) {
        long distance = Math.min(LONGEST_RETRY_NS,
                FIRST_RETRY_NS << Math.min(refusals - 1, MOST_DOUBLINGS));
        return (long) (distance * (0.75 + 0.5 * jitter.nextDouble()));
    }

    private @Nullable Request answered(long id) {
        for (int i = 0; i < asked.size(); i++) {
            if (asked.get(i).id == id) {
                return ended(i);
            }
        }
        return null;
    }

    private Request ended(int index) {
        Request request = asked.remove(index);
        underWay[request.link]--;
        return request;
    }

    /** Asks again for what is due. */
    void timePassed(long nowNs) {
        for (int i = 0; i < asked.size(); i++) {
            if (nowNs - asked.get(i).askedNs >= ANSWER_NS) {
                unanswered(ended(i--), nowNs);
            }
        }
        for (int i = 0; i < refused.size(); i++) {
            Refused due = refused.get(i);
            if (nowNs >= due.dueNs) {
                refused.remove(i--);
                due.stream.asked(due.link, nowNs);
                waiting.add(new Request(due.link, true, List.of(due.stream)));
            }
        }
        if (!waiting.isEmpty()) {
            ask(nowNs);
        }
    }

    /** What has brought data meanwhile is as good as acknowledged. */
    private void unanswered(Request request, long nowNs) {
        for (StreamState stream : request.streams) {
            if (!request.isSubscription) {
                return;
            }
            if (stream.heardNs(request.link) >= request.askedNs) {
                stream.acked(request.link, nowNs);
                continue;
            }
            counters.increment(Counter.STREAMS_UNANSWERED);
            listener.complain(Counter.STREAMS_UNANSWERED, name(stream)
                    + " was asked for and neither acknowledged nor delivered");
            if (request.streams.size() > 1) {
                waiting.add(new Request(request.link, true, List.of(stream)));
            } else {
                stream.notAcked(request.link);
                refused.add(new Refused(request.link, stream,
                        nowNs + retryNs(stream.refusals)));
            }
        }
    }

    /** Whether everything that was asked for on a link is acknowledged, or refused for now. */
    boolean isReady(int link) {
        if (underWay[link] != 0) {
            return false;
        }
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).link == link) {
                return false;
            }
        }
        return true;
    }

    /** Forgets what was asked for on a link: it has ended. */
    void ended(int link, long nowNs) {
        gather();
        waiting.removeIf(request -> request.link == link);
        asked.removeIf(request -> request.link == link);
        refused.removeIf(one -> one.link == link);
        underWay[link] = 0;
        ask(nowNs);
    }
}
