package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The inside of a served venue: its streams, its memory, its clients and what it allows them. All of
 * it belongs to the event loop.
 */
final class Exchange {
    private static final long BARRIER_MS = 10_000;
    private static final int POLICY_VIOLATION = 1_008;
    private static final int GOING_AWAY = 1_001;
    private static final byte[] DATA = WireScan.key("data");
    private static final int TOO_OFTEN_RETRY_S = 1;

    private final FrameSource source;
    private final PlaySettings play;
    private final EventLoop loop;
    private final MarketStreams streams;
    private final KeptMarket kept;
    private final VenueLimits limits;
    private final Consumer<ServedFault> faultLog;
    private final Map<String, byte[]> metadata;
    private final Board board;
    private final StreamGates gates;
    private final long clockOffsetMs;
    private final @Nullable SendLog sendLog;
    private final @Nullable UnsentTrades unsentTrades;
    private final Dialect dialect;
    private final Player player;
    private final List<VenueConnection> connections = new ArrayList<>();
    private final List<VenueConnection> unsent = new ArrayList<>();
    private final RateWindow connects = new RateWindow(TimeUnit.MINUTES.toNanos(5));
    private final LimitWatch watch = new LimitWatch();
    private final PongDelays.Recorder pongs = new PongDelays.Recorder();
    private final RestBudget restBudget;
    private final Befalling nacked = new Befalling();
    private final Befalling muted = new Befalling();
    private final Befalling unacknowledged = new Befalling();
    private final Befalling ignored = new Befalling();
    private final NextFaults nextFaults = new NextFaults();
    private final RestFaults restFaults = new RestFaults();
    private final ScriptRun script;
    private long changes;
    private LineFaults faults;
    private Refusal ordered = new Refusal(0, 0);
    private int refusals;
    /** Before it nobody who heeds Retry-After connects. */
    private long connectAgainNs = Long.MIN_VALUE;
    /** Before it nobody who heeds Retry-After asks. */
    private long askAgainNs = Long.MIN_VALUE;
    private int connectionsSoFar;
    private long refusedConnects;
    private long slowClients;
    private long faultsSoFar;
    private long requests;
    private int lateFrames;
    /** Of connections to streams that are delivered to them. */
    private int deliveries;

    Exchange(FrameSource source, PlaySettings play, VenueLimits limits, LineFaults faults,
            Consumer<ServedFault> faultLog, Map<String, byte[]> metadata, int fillerListings,
            long clockOffsetMs, VenueScript script, @Nullable SendLog sendLog,
            @Nullable UnsentTrades unsentTrades, EventLoop loop) {
        this.source = source;
        this.play = play;
        this.loop = loop;
        this.limits = limits;
        this.faults = faults;
        this.faultLog = faultLog;
        this.metadata = metadata;
        this.clockOffsetMs = clockOffsetMs;
        this.board = new Board(source.venue(), source.listings(), fillerListings);
        this.sendLog = sendLog;
        this.unsentTrades = unsentTrades;
        this.streams = new MarketStreams(source.venue(), source.streams());
        this.kept = new KeptMarket(streams);
        this.gates = new StreamGates(streams);
        this.restBudget = new RestBudget(limits, watch, !source.venue().isBybit());
        this.dialect = source.venue().isBybit()
                ? new BybitDialect(this)
                : new BinanceDialect(this, !source.venue().isSpot());
        this.player = new Player(this, source, play);
        this.script = new ScriptRun(this, script, player::fail);
        this.script.open();
    }

    Venue venue() {
        return source.venue();
    }

    Board board() {
        return board;
    }

    StreamGates gates() {
        return gates;
    }

    /** Recorded answers by path, to be given as they are. */
    Map<String, byte[]> metadata() {
        return metadata;
    }

    MarketStreams streams() {
        return streams;
    }

    KeptMarket kept() {
        return kept;
    }

    VenueLimits limits() {
        return limits;
    }

    @Nullable
    SendLog sendLog() {
        return sendLog;
    }

    LineFaults faults() {
        return faults;
    }

    Dialect dialect() {
        return dialect;
    }

    Player player() {
        return player;
    }

    EventLoop loop() {
        return loop;
    }

    List<VenueConnection> connections() {
        return connections;
    }

    long nowNs() {
        return play.clock().nanoTime();
    }

    long wallTimeMs() {
        return play.clock().timeMs();
    }

    /** Does something when so much time of the venue's clock has passed. */
    void later(long ms, Runnable task) {
        laterNs(TimeUnit.MILLISECONDS.toNanos(ms), task);
    }

    void laterNs(long ns, Runnable task) {
        var _ = loop.schedule(task, play.clock().machineNs(ns), TimeUnit.NANOSECONDS);
    }

    /** By how much the venue's clock is ahead of the true time. */
    long clockOffsetMs() {
        return clockOffsetMs;
    }

    /** The time that the venue says it is. */
    long venueTimeMs() {
        return player.venueTimeMs();
    }

    /** Whether the play goes no faster than its slowest subscriber. */
    boolean waitsForReaders() {
        return play.pace() == PlaySettings.Pace.UNLIMITED || limits.mostPendingBytes() == 0;
    }

    // Handshakes.

    /** Counts an attempt to connect. @return why it is refused, or null */
    @Nullable
    Refusal admit() {
        long now = nowNs();
        if (now < connectAgainNs) {
            watch.violated(Limit.RETRY_AFTER);
        }
        int attempts = connects.add(now, 1);
        boolean tooOften = watch.isOver(Limit.CONNECTS_PER_FIVE_MINUTES, attempts,
                limits.connectsPerFiveMinutes());
        boolean tooMany = watch.isOver(Limit.CONNECTIONS, connections.size() + 1L,
                limits.connections());
        Refusal refusal = null;
        if (refusals > 0) {
            refusals--;
            refusal = ordered;
        } else if (tooOften) {
            refusal = new Refusal(dialect.tooManyConnectsStatus(), TOO_OFTEN_RETRY_S);
        } else if (tooMany) {
            refusal = new Refusal(dialect.tooManyConnectsStatus(), 0);
        }
        if (refusal != null) {
            refusedConnects++;
            connectAgainNs = Math.max(connectAgainNs,
                    now + TimeUnit.SECONDS.toNanos(refusal.retryAfterSeconds()));
        }
        return refusal;
    }

    VenueConnection open(Channel channel, Door door) {
        VenueConnection connection = new VenueConnection(this, channel, ++connectionsSoFar, door,
                nowNs());
        connections.add(connection);
        return connection;
    }

    void end(VenueConnection connection) {
        connection.onEnd();
        connections.remove(connection);
        unsent.remove(connection);
        for (String name : connection.subscriptions()) {
            MarketStream stream = streams.get(name);
            if (stream != null) {
                stopDelivery(connection, stream);
            }
        }
        player.wake();
    }

    // Subscriptions.

    /** Subscribes a connection to a stream that may not be there, and delivers if it may. */
    void subscribe(VenueConnection connection, String name, boolean delivers) {
        if (!connection.subscriptions().add(name)) {
            return;
        }
        MarketStream stream = streams.get(name);
        if (stream != null && delivers && !connection.isDead(name) && !muted.take(name)) {
            stream.subscribers().add(connection);
            deliveries++;
        }
    }

    void unsubscribe(VenueConnection connection, String name) {
        if (connection.subscriptions().remove(name)) {
            MarketStream stream = streams.get(name);
            if (stream != null) {
                stopDelivery(connection, stream);
            }
        }
    }

    private void stopDelivery(VenueConnection connection, MarketStream stream) {
        if (stream.subscribers().remove(connection)) {
            deliveries--;
        }
    }

    /** Whether anybody is delivered anything. */
    boolean isHeard() {
        return deliveries > 0;
    }

    /** Whether anybody has subscribed a stream, even if nothing is delivered. */
    boolean isSubscribed(String name) {
        return connections.stream()
                .anyMatch(connection -> connection.subscriptions().contains(name));
    }

    // Requests.

    /** Counts a REST request. @return whether it may be answered */
    boolean takesRequest(int weight) {
        requests++;
        if (nowNs() < askAgainNs) {
            watch.violated(Limit.RETRY_AFTER);
        }
        return restBudget.takes(wallTimeMs(), nowNs(), weight);
    }

    /** Why a request is refused on purpose, or null. */
    @Nullable
    Refusal refuseRequest() {
        Refusal refusal = restFaults.take();
        if (refusal != null) {
            requests++;
            askAgainNs = Math.max(askAgainNs,
                    nowNs() + TimeUnit.SECONDS.toNanos(refusal.retryAfterSeconds()));
        }
        return refusal;
    }

    RestBudget restBudget() {
        return restBudget;
    }

    // Listings.

    /** Sets how a listing stands from now on; what a halt has held back is told when it ends. */
    void setStanding(String symbol, Board.Standing standing) {
        board.setStanding(symbol, standing);
        gates.set(streams, symbol, standing);
        if (standing != Board.Standing.HALTED) {
            player.playHeld(symbol);
        }
    }

    // Faults.

    void setFaults(LineFaults newFaults) {
        faults = newFaults;
        connections.forEach(connection -> connection.setFaults(newFaults));
    }

    void refuseHandshakes(Refusal refusal, int count) {
        ordered = refusal;
        refusals = count;
    }

    /** Streams whose subscriptions are refused. */
    Befalling nacked() {
        return nacked;
    }

    /** Streams that are acknowledged and never delivered. */
    Befalling muted() {
        return muted;
    }

    /** Streams that are delivered and not acknowledged. */
    Befalling unacknowledged() {
        return unacknowledged;
    }

    /** Streams whose subscriptions are passed over. */
    Befalling ignored() {
        return ignored;
    }

    NextFaults nextFaults() {
        return nextFaults;
    }

    RestFaults restFaults() {
        return restFaults;
    }

    ScriptRun script() {
        return script;
    }

    /**
     * Strikes connections.
     *
     * @param who {@code all}, a number, or names of streams that they have subscribed
     */
    void strike(LineFault fault, String who) {
        List<NamePattern> streams = NamePattern.list(who);
        for (VenueConnection connection : List.copyOf(connections)) {
            if (who.equals("all") || who.equals(Integer.toString(connection.number()))
                    || connection.subscriptions().stream()
                            .anyMatch(name -> NamePattern.anyMatches(streams, name))) {
                connection.strike(fault);
            }
        }
    }

    /**
     * Stops streams for who gets them now.
     *
     * @param forGood whether on that connection for ever
     */
    void silence(List<NamePattern> patterns, boolean forGood) {
        for (VenueConnection connection : connections) {
            for (String name : connection.subscriptions()) {
                MarketStream stream = streams.get(name);
                if (stream != null && NamePattern.anyMatches(patterns, name)) {
                    stopDelivery(connection, stream);
                    if (forGood) {
                        connection.kill(name);
                    }
                }
            }
        }
    }

    /** Says that the venue stops, and ends who is there after so long; new ones may stay. */
    void shutdown(long ms) {
        List<VenueConnection> there = List.copyOf(connections);
        there.forEach(dialect::announceShutdown);
        later(ms, () -> there.forEach(connection -> connection.close(GOING_AWAY, "")));
    }

    /** Changes a frame as it goes to one connection, wrapped or not; null if it cannot be. */
    @Nullable
    FrameChange change(LineFault fault, MarketStream stream, byte[] bytes, int start, int length) {
        int inner = start;
        int innerLength = length;
        if (!venue().isBybit()) {
            int data = WireScan.value(bytes, start, start + length, DATA);
            if (data != WireScan.MISSING && bytes[data] == '{') {
                inner = data;
                innerLength = start + length - 1 - data;
            }
        }
        return change(fault, stream, bytes, start, length, inner, innerLength);
    }

    /** Changes a frame; null if it cannot be. */
    @Nullable
    FrameChange change(LineFault fault, MarketStream stream, byte[] bytes, int start, int length,
            int innerStart, int innerLength) {
        FrameChange change = FrameChange.of(fault, this, stream, bytes, start, length, innerStart,
                innerLength, changes);
        changes += change == null ? 0 : 1;
        return change;
    }

    void onFault(ServedFault fault) {
        faultsSoFar++;
        faultLog.accept(fault);
    }

    void onSlowClient() {
        slowClients++;
    }

    LimitWatch watch() {
        return watch;
    }

    /** A heartbeat has been answered. */
    void onHeartbeatPong(long delayNs) {
        pongs.add(TimeUnit.NANOSECONDS.toMicros(delayNs));
        var _ = watch.isOver(Limit.PONG_MS, TimeUnit.NANOSECONDS.toMillis(delayNs), 0);
    }

    /** A client broke a rule of the venue. */
    void expel(VenueConnection connection, String reason) {
        connection.close(POLICY_VIOLATION, reason);
    }

    /** A frame waits to be sent behind others: 1, or does no more: -1. */
    void onLate(int change) {
        lateFrames += change;
    }

    /** Whether frames wait to be sent behind others. */
    boolean hasLateFrames() {
        return lateFrames > 0;
    }

    // Sending.

    /** A frame is about to be sent to those who are delivered its stream; the bare payload. */
    void onPlayed(MarketStream stream, byte[] bytes, int start, int length) {
        Board.Standing standing = gates.standing(stream);
        boolean told = standing == Board.Standing.TRADING || standing == Board.Standing.HALTED;
        // The book of what is not listed yet must be known when it is.
        if (told || (standing == Board.Standing.UNLISTED && !stream.kind().isTape())) {
            kept.onFrame(stream.number(), bytes, start, length);
        }
        if (unsentTrades != null) {
            unsentTrades.onPlayed(stream, bytes, start, length);
        }
    }

    /** A frame of market data has been put into a connection's buffer, whole. */
    void onBuffered(SendLog.@Nullable Unsent unsent, MarketStream stream, byte[] bytes, int start,
            int length) {
        if (sendLog != null && unsent != null) {
            sendLog.onBuffered(unsent, stream, bytes, start, length);
        }
        if (unsentTrades != null) {
            unsentTrades.onSent(stream, bytes, start, length);
        }
    }

    /** A connection's buffer is about to be written to its socket. */
    void onWrite(SendLog.@Nullable Unsent unsent, int connection) {
        if (sendLog != null && unsent != null) {
            sendLog.onWrite(unsent, connection);
        }
    }

    /** Something was appended that has not been sent. */
    void onUnsent(VenueConnection connection) {
        if (connection.list()) {
            unsent.add(connection);
        }
    }

    void flush() {
        for (int i = 0; i < unsent.size(); i++) {
            unsent.get(i).unlist();
            unsent.get(i).flush();
        }
        unsent.clear();
    }

    /** Whether all who get market data take more. */
    boolean isWritable() {
        for (int i = 0; i < connections.size(); i++) {
            VenueConnection connection = connections.get(i);
            if (!connection.isWritable() && !connection.subscriptions().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Calls when clients have read all they were sent, as far as their pongs tell, or after
     * ten seconds; so many rounds after each other.
     */
    void barrier(List<VenueConnection> clients, int rounds, Runnable then) {
        Set<VenueConnection> waiting = new HashSet<>();
        for (VenueConnection client : clients) {
            if (!client.isEnded() && !client.isFrozen()) {
                waiting.add(client);
            }
        }
        if (rounds == 0 || waiting.isEmpty()) {
            then.run();
            return;
        }
        Runnable next = once(() -> barrier(clients, rounds - 1, then));
        for (VenueConnection client : List.copyOf(waiting)) {
            client.ping(() -> {
                waiting.remove(client);
                if (waiting.isEmpty()) {
                    next.run();
                }
            });
        }
        later(BARRIER_MS, next);
    }

    /** Heartbeats, and the end of who broke their rules. */
    void onHeartbeat() {
        long now = nowNs();
        for (VenueConnection connection : List.copyOf(connections)) {
            if (connection.isEnded()) {
                continue;
            }
            connection.onTime(now);
            if (isOver(limits.silenceMs(), connection.lastHeardNs(), now)) {
                var _ = watch.isOver(Limit.SILENCE_MS, TimeUnit.NANOSECONDS.toMillis(
                        now - connection.lastHeardNs()), 0);
                watch.violated(Limit.SILENCE_MS);
                connection.close(GOING_AWAY, "");
            } else if (isOver(limits.lifetimeMs(), connection.openedNs(), now)) {
                connection.close(GOING_AWAY, "");
            } else if (limits.pingMs() > 0) {
                if (connection.unansweredPingNs() != 0
                        && isOver(limits.pongMs(), connection.unansweredPingNs(), now)) {
                    watch.violated(Limit.PONG_MS);
                    expel(connection, "Pong timeout");
                } else if (isOver(limits.pingMs(), connection.lastPingNs(), now)) {
                    connection.sendHeartbeat(now);
                }
            }
        }
    }

    void closeAll(int code, String reason) {
        List.copyOf(connections).forEach(connection -> connection.close(code, reason));
    }

    ServedCounts counts() {
        return new ServedCounts(player.played(), player.isEnded(), connections.size(),
                connectionsSoFar, refusedConnects, requests, faultsSoFar, slowClients,
                watch.violations(), watch.peaks(), pongs.delays());
    }

    private static boolean isOver(long mostMs, long sinceNs, long nowNs) {
        return mostMs > 0 && nowNs - sinceNs > TimeUnit.MILLISECONDS.toNanos(mostMs);
    }

    private static Runnable once(Runnable task) {
        return new Runnable() {
            private @Nullable Runnable left = task;

            @Override
            public void run() {
                Runnable now = left;
                left = null;
                if (now != null) {
                    now.run();
                }
            }
        };
    }
}
