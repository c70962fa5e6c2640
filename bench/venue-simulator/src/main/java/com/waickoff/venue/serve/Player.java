package com.waickoff.venue.serve;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plays the frames of a source by the clock, to who has subscribed. Belongs to the event loop.
 *
 * <pre>
 *   waiting for subscriptions ─► playing ─► ended
 *                                 │   ▲
 *                                 ▼   │
 *              paused at a recorded answer: until somebody asks for that book, has read what came
 *              before it, has the answer and has read that too
 * </pre>
 */
final class Player implements Runnable {
    private static final int MOST_FRAMES_A_TURN = 1_024;
    /** Of the machine's time: it wakes nobody sooner. */
    private static final long NAP_NS = 1_000_000;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Who wants a book has asked by then, on however slow a machine. */
    private static final long ASK_MS = 60_000;
    private static final int NORMAL_CLOSURE = 1_000;

    private final Exchange exchange;
    private final PlaySettings settings;
    private final ReadAhead frames;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    /** Symbols whose first recorded answer is still to come. */
    private final Set<String> unanswered = new HashSet<>();
    private final Map<String, List<Consumer<byte @Nullable []>>> asked = new HashMap<>();
    private @Nullable FrameBlock block;
    private int item;
    private boolean started;
    private boolean paused;
    private boolean scheduled;
    private boolean waitsForReaders;
    private double speed; // of event times; unless the pace is another
    private long startNs;
    private long pausedNs;
    private long firstTimeNs;
    private long lastTimeNs;
    private long shiftMs;
    private long played;
    /** Of the played frames those that somebody heard, or nobody could: what the pace counts. */
    private long paced;
    /** Whose book must be asked for before the play goes on; its answer. */
    private String awaitedSymbol = "";
    private byte[] awaitedAnswer = new byte[0];

    Player(Exchange exchange, FrameSource source, PlaySettings settings) {
        this.exchange = exchange;
        this.settings = settings;
        this.speed = settings.value();
        this.frames = new ReadAhead(source, exchange.streams(), settings.readAheadBytes(),
                settings.times() == PlaySettings.Times.REBASED);
        if (settings.answersAsRecorded()) {
            unanswered.addAll(source.answeredSymbols());
        }
    }

    /** Begins to read ahead, and to play if nobody has to be waited for. */
    void open() {
        frames.start();
        if (!settings.startOnSubscribe()) {
            start();
        }
    }

    void close() throws InterruptedException {
        frames.stop();
    }

    /** Done when the last frame has been played; fails if the source did. */
    CompletableFuture<@Nullable Void> end() {
        return end;
    }

    boolean isStarted() {
        return started;
    }

    boolean isEnded() {
        return end.isDone();
    }

    long played() {
        return played;
    }

    /** Somebody has subscribed something. */
    void onSubscribed() {
        if (!started && missingStreams().isEmpty()) {
            start();
        }
    }

    /** What must still be subscribed before the play starts; a set of choices each. */
    List<String> missingStreams() {
        List<String> missing = new ArrayList<>();
        for (List<String> choice : expectedStreams()) {
            if (choice.stream().noneMatch(exchange::isSubscribed)) {
                missing.add(String.join(" or ", choice));
            }
        }
        return missing;
    }

    /**
     * Somebody asks for a book. If its recorded answer is still to come, he waits for it.
     *
     * @param answer gets the recorded answer, or null if the kept book has to do
     */
    void ask(String symbol, Consumer<byte @Nullable []> answer) {
        if (symbol.equals(awaitedSymbol)) {
            join(List.of(answer), awaitedAnswer);
        } else if (unanswered.contains(symbol) && !isEnded()) {
            asked.computeIfAbsent(symbol, _ -> new ArrayList<>()).add(answer);
            exchange.later(ASK_MS, () -> giveUp(symbol, answer));
        } else {
            answer.accept(null);
        }
    }

    /** There may be something to do: a client reads again, or is gone. */
    void wake() {
        if (waitsForReaders) {
            waitsForReaders = false;
            schedule(0);
        }
    }

    /** Plays what a symbol's halt has held back. */
    void playHeld(String symbol) {
        for (StreamGates.Held held : exchange.gates().release(symbol)) {
            playFrame(held.stream, held.bytes, 0, held.bytes.length, held.innerStart,
                    held.innerLength);
        }
        exchange.flush();
    }

    /** Goes on faster or slower from the last frame; what the play is behind is not made up for. */
    void speed(double newSpeed) {
        if (settings.pace() != PlaySettings.Pace.SPEED) {
            throw new IllegalArgumentException("no speed, because event times are not played");
        }
        long nowNs = paused ? pausedNs : exchange.nowNs();
        startNs = nowNs - (long) (positionNs(nowNs) / newSpeed);
        speed = newSpeed;
    }

    /** Event time from the first frame to the last one that was played. */
    long playedNs() {
        return lastTimeNs == 0 ? 0 : lastTimeNs - firstTimeNs;
    }

    /** How much of event time is over: by the clock, or less where the play is behind. */
    private long positionNs(long nowNs) {
        FrameBlock current = block;
        long nextNs = current == null || item == current.count() ? lastTimeNs : timeNs();
        return Math.min((long) ((nowNs - startNs) * speed), nextNs - firstTimeNs);
    }

    /** By how much the times in payloads are moved. */
    long shiftMs() {
        return shiftMs;
    }

    long venueTimeMs() {
        if (!started || firstTimeNs == 0) {
            return exchange.wallTimeMs() + exchange.clockOffsetMs();
        }
        long timeNs = lastTimeNs;
        if (settings.pace() == PlaySettings.Pace.SPEED && !isEnded()) {
            long nowNs = paused ? pausedNs : exchange.nowNs();
            timeNs = firstTimeNs + (long) ((nowNs - startNs) * speed);
        }
        // Times that are moved are of the venue's clock, right or wrong.
        boolean rebased = settings.times() == PlaySettings.Times.REBASED;
        return timeNs / NANOS_PER_MS + shiftMs + (rebased ? 0 : exchange.clockOffsetMs());
    }

    @Override
    public void run() {
        scheduled = false;
        if (paused || isEnded()) {
            return;
        }
        long waitNs = playDue();
        exchange.flush();
        if (!paused && !isEnded() && !waitsForReaders) {
            schedule(waitNs);
        }
    }

    private void start() {
        started = true;
        startNs = exchange.nowNs();
        exchange.script().start();
        schedule(0);
    }

    /** Ends with a failure that is not the source's. */
    void fail(RuntimeException failure) {
        end.completeExceptionally(failure);
    }

    private void schedule(long waitNs) {
        if (scheduled) {
            return;
        }
        scheduled = true;
        if (waitNs == 0 || settings.busy()) {
            exchange.loop().execute(this);
        } else {
            exchange.laterNs(waitNs, this);
        }
    }

    /** Plays what is due, not too much at once. @return how long there is nothing to do, in ns */
    private long playDue() {
        for (int i = 0; i < MOST_FRAMES_A_TURN && !paused; i++) {
            if (block == null || item == block.count()) {
                if (!nextBlock()) {
                    return napNs();
                }
            }
            long waitNs = dueNs() - exchange.nowNs();
            if (waitNs > 0) {
                return Math.max(waitNs, napNs());
            }
            if (exchange.waitsForReaders() && !exchange.isWritable()) {
                waitsForReaders = true;
                return napNs();
            }
            playItem();
        }
        return 0;
    }

    private long napNs() {
        return settings.clock().ofMachineNs(NAP_NS);
    }

    private boolean nextBlock() {
        if (block != null) {
            frames.recycle(block);
        }
        // Asked before: what is finished after an empty poll may have left a block in between.
        boolean finished = frames.isFinished();
        block = frames.poll();
        item = 0;
        if (block == null && finished && !exchange.hasLateFrames()) {
            finish();
        }
        if (block != null && firstTimeNs == 0) {
            firstTimeNs = block.timeNs(0);
            if (settings.times() == PlaySettings.Times.REBASED) {
                shiftMs = exchange.wallTimeMs() + exchange.clockOffsetMs()
                        - firstTimeNs / NANOS_PER_MS;
            }
            startNs = exchange.nowNs();
        }
        return block != null;
    }

    private long dueNs() {
        return switch (settings.pace()) {
            case UNLIMITED -> Long.MIN_VALUE / 2;
            case FRAMES_PER_SECOND ->
                startNs + (long) (paced * (NANOS_PER_SECOND / settings.value()));
            case SPEED ->
                startNs + (long) ((timeNs() - firstTimeNs) / speed);
        };
    }

    private long timeNs() {
        FrameBlock current = block;
        return current == null ? 0 : current.timeNs(item);
    }

    private void playItem() {
        FrameBlock current = block;
        if (current == null) {
            return;
        }
        int now = item++;
        lastTimeNs = current.timeNs(now);
        exchange.script().onMarketTime(lastTimeNs - firstTimeNs);
        current.shiftTimes(now, shiftMs);
        if (current.stream(now) == FrameBlock.ANSWER) {
            playAnswer(current, now);
        } else {
            playFrame(current, now);
        }
    }

    private void playFrame(FrameBlock current, int now) {
        MarketStream stream = exchange.streams().get(current.stream(now));
        if (exchange.gates().standing(stream) == Board.Standing.HALTED) {
            exchange.gates().hold(stream, current.bytes(), current.start(now),
                    current.length(now), current.innerStart(now), current.innerLength(now));
            return;
        }
        playFrame(stream, current.bytes(), current.start(now), current.length(now),
                current.innerStart(now), current.innerLength(now));
    }

    private void playFrame(MarketStream stream, byte[] bytes, int start, int length,
            int innerStart, int innerLength) {
        List<VenueConnection> subscribers = stream.subscribers();
        played++;
        paced += subscribers.isEmpty() && exchange.isHeard() ? 0 : 1;
        exchange.onPlayed(stream, bytes, innerStart, innerLength);
        Board.Standing standing = exchange.gates().standing(stream);
        if (standing == Board.Standing.UNLISTED || standing == Board.Standing.DELISTED) {
            return;
        }
        NextFaults.Next next = subscribers.isEmpty() ? null : exchange.nextFaults().find(stream);
        if (next != null && playBroken(next, stream, bytes, start, length, innerStart,
                innerLength)) {
            return;
        }
        for (int i = 0; i < subscribers.size(); i++) {
            VenueConnection subscriber = subscribers.get(i);
            if (subscriber.isCombined()) {
                subscriber.deliver(stream, bytes, start, length);
            } else {
                subscriber.deliver(stream, bytes, innerStart, innerLength);
            }
        }
    }

    /** Plays a frame that a fault is to befall. @return whether it can */
    private boolean playBroken(NextFaults.Next next, MarketStream stream, byte[] bytes, int start,
            int length, int innerStart, int innerLength) {
        LineFault fault = next.fault();
        if (!fault.changesFrame()) {
            for (VenueConnection subscriber : List.copyOf(stream.subscribers())) {
                boolean whole = subscriber.isCombined();
                subscriber.deliver(fault, stream, bytes, whole ? start : innerStart,
                        whole ? length : innerLength);
            }
            exchange.nextFaults().done(next);
            return true;
        }
        FrameChange change = exchange.change(fault, stream, bytes, start, length, innerStart,
                innerLength);
        if (change == null) {
            return false;
        }
        exchange.onFault(new ServedFault(0, 0, venueTimeMs(), fault, stream.name()));
        for (VenueConnection subscriber : List.copyOf(stream.subscribers())) {
            boolean whole = subscriber.isCombined();
            subscriber.deliver(stream, change.bytes(), whole ? 0 : change.innerStart(),
                    whole ? change.length() : change.innerLength());
        }
        exchange.nextFaults().done(next);
        return true;
    }

    private void playAnswer(FrameBlock current, int now) {
        int from = current.innerStart(now);
        int to = from + current.innerLength(now);
        String symbol = RecordingSource.symbolOf(new String(current.bytes(), current.start(now),
                from - current.start(now), StandardCharsets.UTF_8).strip());
        exchange.kept().onAnswer(symbol, current.bytes(), from, to - from);
        if (!unanswered.remove(symbol)) {
            return;
        }
        byte[] answer = Arrays.copyOfRange(current.bytes(), from, to);
        List<Consumer<byte @Nullable []>> waiting = asked.remove(symbol);
        if (waiting != null) {
            join(waiting, answer);
        } else if (!listeners(symbol).isEmpty()) {
            awaitedSymbol = symbol;
            awaitedAnswer = answer;
            pause();
            exchange.later(ASK_MS, () -> {
                if (awaitedSymbol.equals(symbol)) {
                    awaitedSymbol = "";
                    resume();
                }
            });
        }
    }

    /** Answers, while all who listen to the book stand where the recording client stood. */
    private void join(List<Consumer<byte @Nullable []>> waiting, byte[] answer) {
        awaitedSymbol = "";
        pause();
        List<VenueConnection> listeners = new ArrayList<>(exchange.connections());
        listeners.removeIf(listener -> listener.subscriptions().isEmpty());
        exchange.barrier(listeners, 1, () -> {
            waiting.forEach(ask -> ask.accept(answer));
            // The second pong is of a later turn of the client's loop than the answer's arrival.
            exchange.barrier(listeners, 2, this::resume);
        });
    }

    private List<VenueConnection> listeners(String symbol) {
        List<VenueConnection> listeners = new ArrayList<>();
        for (MarketStream stream : exchange.streams().all()) {
            if (stream.kind() == StreamKind.DIFFERENCES && stream.symbol().equals(symbol)) {
                listeners.addAll(stream.subscribers());
            }
        }
        return listeners;
    }

    private void giveUp(String symbol, Consumer<byte @Nullable []> answer) {
        List<Consumer<byte @Nullable []>> waiting = asked.get(symbol);
        if (waiting != null && waiting.remove(answer)) {
            if (waiting.isEmpty()) {
                asked.remove(symbol);
            }
            answer.accept(null);
        }
    }

    private void pause() {
        if (!paused) {
            paused = true;
            pausedNs = exchange.nowNs();
            exchange.flush();
        }
    }

    private void resume() {
        if (paused) {
            paused = false;
            startNs += exchange.nowNs() - pausedNs;
            schedule(0);
        }
    }

    private void finish() {
        exchange.gates().symbols().forEach(this::playHeld);
        exchange.flush();
        Map<String, List<Consumer<byte @Nullable []>>> waiting = Map.copyOf(asked);
        asked.clear();
        Throwable failure = frames.failure();
        if (failure == null) {
            end.complete(null);
        } else {
            end.completeExceptionally(failure);
        }
        waiting.values().forEach(asks -> asks.forEach(ask -> ask.accept(null)));
        if (!settings.hold()) {
            exchange.closeAll(NORMAL_CLOSURE, "");
        }
    }

    private List<List<String>> expectedStreams() {
        Optional<List<String>> expected = settings.expected();
        if (expected.isPresent()) {
            return expected.get().stream().map(List::of).toList();
        }
        Map<String, List<String>> choices = new LinkedHashMap<>();
        for (MarketStream stream : exchange.streams().all()) {
            String what = stream.kind().isTape() ? "tape" : stream.kind().isBook() ? "book" : "";
            if (!what.isEmpty()) {
                choices.computeIfAbsent(stream.symbol() + ' ' + what, _ -> new ArrayList<>())
                        .add(stream.name());
            }
        }
        return List.copyOf(choices.values());
    }
}
