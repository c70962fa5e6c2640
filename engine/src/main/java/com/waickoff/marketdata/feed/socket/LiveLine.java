package com.waickoff.marketdata.feed.socket;

import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.BackOff;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.status.ErrorLog;
import com.waickoff.marketdata.status.FeedState;
import com.waickoff.marketdata.status.Latency;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The life of one line of a feed, from connection to connection, for ever:
 *
 * <pre>
 *   CONNECTING ─► HANDSHAKING ─► SUBSCRIBING ─► LIVE ◄─► SILENT
 *       ▲  └───────────┴──────────────┴──────────┴─────────┤ refused, cut, broken, silent
 *       ├──────────────────── BACKING_OFF ◄────────────────┤
 *       └──────────────────── BREAKER_OPEN ◄───────────────┘
 * </pre>
 *
 * <p>A line that is to end by plan is renewed: a successor connects and subscribes, and the elder
 * link is closed when that one has proved itself. If the elder ends before, the successor is all
 * there is.
 *
 * <pre>
 *   elder      ───────────────────────────────┤ closed
 *   successor        ├ connects ├ subscribes, heard ─────────────────────
 *                               │◄─ overlap ─►│
 * </pre>
 */
final class LiveLine implements Wire.Owner {
    /** A connection that lived so long was a good one: the next failure is a first one. */
    private static final long PROVEN_NS = 30_000_000_000L;
    /** How long elder and successor are both listened to. */
    private static final long OVERLAP_NS = 3_000_000_000L;
    /** After so long a successor is taken as it is, or given up. */
    private static final long LONGEST_OVERLAP_NS = 30_000_000_000L;
    /** Of a connection's allowed life, when it is renewed at the earliest, and over how much. */
    private static final double EARLIEST_RENEWAL = 0.9;
    private static final double RENEWAL_SPREAD = 0.08;
    private static final long RETRY_NS = 500_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long NS_PER_MS = 1_000_000;
    private static final double NS_PER_S = 1e9;

    /** The feed that the line is of. */
    interface Feed {
        /** Counts one more connection. */
        long nextEpoch();

        /** What is shown of the line has changed. */
        void changed();

        /** A complete frame was received at this time; often. */
        void heard(long receiveNs);

        /** The last link of the line has ended. */
        void lineDown();
    }

    private final int number;
    private final FeedSettings settings;
    private final VenueProtocol protocol;
    private final CounterBlock counters;
    private final ErrorLog errors;
    private final LoopServices services;
    private final Endpoint endpoint;
    private final Admission admission;
    private final Feed feed;
    private final BackOff backOff;
    private final Wire[] wires;
    private Wire current;
    private @Nullable Wire successor;
    private int attempts;
    private long dueNs; // the next attempt
    private long renewNs = NEVER;
    private long lostNs; // the last connection; 0 before any, and while there is one
    private FeedState state = FeedState.IDLE;
    private long sinceNs;
    private String detail = "";

    LiveLine(int number, FeedSettings settings, VenueProtocol protocol, CounterBlock counters,
            ErrorLog errors, LoopServices services, Endpoint endpoint, Admission admission,
            Feed feed) {
        this.number = number;
        this.settings = settings;
        this.protocol = protocol;
        this.counters = counters;
        this.errors = errors;
        this.services = services;
        this.endpoint = endpoint;
        this.admission = admission;
        this.feed = feed;
        this.backOff = new BackOff(settings.firstBackOffMs(), settings.maxBackOffMs(),
                services.random());
        this.wires = new Wire[]{wire(2 * number), wire(2 * number + 1)};
        this.current = wires[0];
    }

    private Wire wire(int link) {
        return new Wire(link, settings, counters, services, endpoint,
                protocol.limits().messagesPerSecond(), this);
    }

    /** What it is doing. */
    FeedState state() {
        return state;
    }

    /** Since when, in ns since the epoch. */
    long sinceNs() {
        return sinceNs;
    }

    /** Why, for people; may be empty. */
    String detail() {
        return detail;
    }

    /** Whether any of its links is up. */
    boolean isUp() {
        return wires[0].isOpen() || wires[1].isOpen();
    }

    /** Puts a text for a link where it waits for its turn. @return false if there is no room */
    boolean offer(int link, String text) {
        return wires[link & 1].offer(text);
    }

    /** Wants a link renewed soon. */
    void renew(int link, String because) {
        if (current.link() == link && current.isOpen() && successor == null) {
            errors.record(settings.name(), "renewal", endpoint.peer() + ": " + because);
            renewNs = 0;
        }
    }

    /** Time has passed: about 100 ms since the last call. */
    void tick(long nowNs) {
        wires[0].tick(nowNs);
        wires[1].tick(nowNs);
        Wire next = successor;
        if (current.isOpen()) {
            watchData(nowNs);
            if (next != null && next.isOpen()) {
                judge(next, nowNs);
            } else if (nowNs >= renewNs && nowNs >= dueNs) {
                attempt(wires[1 - (current.link() & 1)], nowNs);
            }
        } else if (current.phase() == Wire.Phase.DOWN && nowNs >= dueNs) {
            attempt(current, nowNs);
        }
        send(nowNs);
    }

    /** Sends what waits for its turn. */
    void send(long nowNs) {
        wires[0].send(nowNs);
        wires[1].send(nowNs);
    }

    private void attempt(Wire wire, long nowNs) {
        if (wire.phase() != Wire.Phase.DOWN) {
            return;
        }
        if (!admission.admits(nowNs)) {
            if (admission.isClosed()) {
                return; // only the pace of attempts is in the way: the next tick asks again
            }
            dueNs = Math.max(nowNs + RETRY_NS, admission.untilNs());
            if (wire == current) {
                show(FeedState.BREAKER_OPEN, nowNs, endpoint.peer() + ": all wait after a failure ("
                        + admission.cause().label() + ")" + next(dueNs - nowNs));
            }
            return;
        }
        if (wire == current) {
            show(FeedState.CONNECTING, nowNs, "to " + endpoint.peer());
        } else {
            successor = wire;
        }
        wire.connect(attempts++, nowNs);
    }

    /** Whether the venue still has something to say. */
    private void watchData(long nowNs) {
        long silenceNs = settings.silenceTimeoutMs() * NS_PER_MS;
        long dataNs = Math.max(current.openedNs(), protocol.dataTimeNs(current.link()));
        if (state == FeedState.LIVE && nowNs - dataNs > silenceNs && !protocol.isQuiet(number)) {
            show(FeedState.SILENT, nowNs, "no data for " + settings.silenceTimeoutMs()
                    + " ms, though " + endpoint.peer() + " answers");
        }
        noticeData(nowNs);
    }

    private void noticeData(long nowNs) {
        if (state == FeedState.SUBSCRIBING && (hasData(current) || protocol.isQuiet(number))) {
            if (lostNs != 0) {
                services.record(Latency.RECONNECT, nowNs - lostNs);
                lostNs = 0;
            }
            show(FeedState.LIVE, nowNs, "");
        } else if (state == FeedState.SILENT && protocol.dataTimeNs(current.link()) > sinceNs) {
            show(FeedState.LIVE, nowNs, "");
        }
    }

    private boolean hasData(Wire wire) {
        return protocol.dataTimeNs(wire.link()) >= wire.openedNs();
    }

    /** Whether a successor is good enough to let the elder go. */
    private void judge(Wire next, long nowNs) {
        long upNs = nowNs - next.openedNs();
        boolean isReady = hasData(next) && protocol.isReady(next.link());
        boolean isOverdue = upNs >= LONGEST_OVERLAP_NS;
        boolean isNoWorse = hasData(next) || !hasData(current);
        if (isOverdue ? isNoWorse : isReady && upNs >= OVERLAP_NS) {
            takeOver(next, nowNs);
        } else if (isOverdue) {
            successor = null;
            dueNs = nowNs + backOff.nextMs() * NS_PER_MS + OVERLAP_NS;
            errors.record(settings.name(), "renewal_failed",
                    endpoint.peer() + " gave a new connection no data");
            down(next, Reason.DISCONNECTED, nowNs);
            next.end(CloseCode.NORMAL);
        }
    }

    private void takeOver(Wire next, long nowNs) {
        Wire elder = current;
        current = next;
        successor = null;
        counters.increment(Counter.RENEWALS);
        planRenewal();
        down(elder, Reason.DISCONNECTED, nowNs);
        elder.end(CloseCode.NORMAL);
        subscribing(nowNs);
    }

    private void subscribing(long nowNs) {
        show(FeedState.SUBSCRIBING, nowNs, "waiting for the first data of " + endpoint.peer());
        noticeData(nowNs);
    }

    private void down(Wire wire, Reason reason, long nowNs) {
        counters.increment(Counter.DISCONNECTS);
        protocol.onDisconnect(wire.link(), reason, nowNs);
        services.sink().endOfRead();
        if (!isUp()) {
            feed.lineDown();
        }
    }

    private void planRenewal() {
        long lifetimeMs = settings.lifetimeMs() == 0 ? protocol.limits().lifetimeMs()
                : settings.lifetimeMs();
        renewNs = lifetimeMs == 0 ? NEVER
                : current.openedNs() + (long) (lifetimeMs * NS_PER_MS
                        * (EARLIEST_RENEWAL + RENEWAL_SPREAD * services.random().nextDouble()));
    }

    /** Ends for good. The protocol is told why, the venue good-bye. */
    void stop(long nowNs) {
        successor = null;
        for (Wire wire : wires) {
            boolean wasOpen = wire.isOpen();
            wire.end(CloseCode.GOING_AWAY);
            if (wasOpen) {
                down(wire, Reason.ENGINE_STOPPED, nowNs);
            }
        }
        show(FeedState.STOPPED, nowNs, "");
    }

    /** Ends at once, without a word to the protocol: the loop has failed. */
    void abandon(String why, long nowNs) {
        successor = null;
        for (Wire wire : wires) {
            wire.end(Wire.NO_CLOSE_FRAME);
        }
        show(FeedState.STOPPED, nowNs, why);
    }

    private void show(FeedState newState, long nowNs, String newDetail) {
        state = newState;
        sinceNs = nowNs;
        detail = newDetail;
        feed.changed();
    }

    @Override
    public String path() {
        return protocol.streamPath(number);
    }

    @Override
    public void handshaking(Wire wire, long nowNs) {
        if (wire == current) {
            show(FeedState.HANDSHAKING, nowNs, "with " + endpoint.peer());
        }
    }

    @Override
    public void opened(Wire wire, long nowNs) {
        counters.increment(Counter.CONNECTS);
        admission.succeeded();
        if (wire == current) {
            planRenewal();
            subscribing(nowNs);
        }
        protocol.onConnect(wire.link(), feed.nextEpoch(), nowNs);
        services.sink().endOfRead();
    }

    @Override
    public void received(Wire wire, long address, int length, long receiveNs) {
        protocol.onFrame(wire.link(), address, length, receiveNs);
    }

    @Override
    public void readEnded(Wire wire, long receiveNs) {
        if (state != FeedState.LIVE && wire == current) {
            noticeData(receiveNs);
        }
        feed.heard(wire.heardNs());
    }

    @Override
    public void lost(Wire wire, boolean wasOpen, Wire.Loss loss) {
        long nowNs = services.receiveClock().getAsLong();
        errors.record(settings.name(), loss.why().code(), loss.why().detail());
        admission.failed(loss.kind(), loss.leastMs(), nowNs);
        if (wasOpen) {
            if (nowNs - wire.openedNs() > PROVEN_NS) {
                backOff.succeeded();
            }
            down(wire, Reason.DISCONNECTED, nowNs);
        } else {
            counters.increment(Counter.CONNECT_FAILURES);
        }
        long delayMs = Math.max(loss.leastMs(), backOff.nextMs());
        Wire next = successor;
        successor = null;
        if (wire != current) {
            dueNs = nowNs + delayMs * NS_PER_MS; // the elder carries on until then
        } else if (next != null && next.phase() != Wire.Phase.DOWN) {
            succeed(next, wasOpen, nowNs);
        } else {
            waitAfter(loss, wasOpen, delayMs, nowNs);
        }
    }

    /** The elder ended before its successor had proved itself. */
    private void succeed(Wire next, boolean wasOpen, long nowNs) {
        current = next;
        planRenewal();
        lostNs = wasOpen && !next.isOpen() ? nowNs : lostNs;
        if (next.isOpen()) {
            subscribing(nowNs);
        } else {
            show(FeedState.CONNECTING, nowNs, "to " + endpoint.peer());
        }
    }

    private void waitAfter(Wire.Loss loss, boolean wasOpen, long delayMs, long nowNs) {
        lostNs = wasOpen ? nowNs : lostNs;
        dueNs = nowNs + delayMs * NS_PER_MS;
        boolean isBreakerOpen = admission.isOpen();
        if (isBreakerOpen) {
            dueNs = Math.max(dueNs, admission.untilNs());
        }
        show(isBreakerOpen ? FeedState.BREAKER_OPEN : FeedState.BACKING_OFF, nowNs,
                loss.why().detail() + loss.words() + next(dueNs - nowNs));
    }

    private static String next(long waitNs) {
        return "; next attempt in " + String.format(Locale.ROOT, "%.1f s", waitNs / NS_PER_S);
    }
}
