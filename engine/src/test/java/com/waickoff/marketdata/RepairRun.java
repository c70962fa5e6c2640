package com.waickoff.marketdata;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.decimal.NativeText;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.feed.FeedClock;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.FrameRejections;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.TradeChains;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.VenueTransport;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.replay.Exports;
import com.waickoff.marketdata.replay.WindowLedger;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.venue.TrueTape;
import com.waickoff.venue.Venue;
import com.waickoff.venue.VenueSession;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.reference.ReferenceExport;
import com.waickoff.venue.wire.Frame;
import com.waickoff.venue.wire.FrameContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.BiFunction;

/** A live feed of an invented market that loses trade frames and whole stretches of time. */
final class RepairRun implements AutoCloseable {
    private static final long MS = 1_000_000;
    private static final long TICK_NS = 100 * MS;
    private static final long QUIET_NS = 5_000 * MS;
    private static final long AFTER_NS = 300_000 * MS;

    private record Answer(String url, long dueNs, boolean isFailure) {}

    /** What goes wrong. */
    record Losses(double frames, int outages, double failures) {
        static final Losses NONE = new Losses(0, 0, 0);
    }

    private final Losses losses;
    private final long seconds;
    private final boolean idsChain;
    private final SplittableRandom random;
    private final PastTrades past;
    private final NativeText memory = new NativeText(1 << 20);
    private final List<Answer> answers = new ArrayList<>();
    private final WindowLedger ledger = new WindowLedger();
    private final Engine engine;
    private final VenueProtocol feed;
    private final TrueTape truth;
    private final Path directory;
    final CounterBlock counters = CounterBlock.onHeap("feed");
    private long nowNs = VenueSession.DEFAULT_START_NS;
    private long epoch = 1;
    private long outageEndNs;
    private final long[] outageStartsNs;
    private int outagesBegun;
    private boolean isConnected = true;

    RepairRun(Path directory, Venue venue, long seed, long seconds, Losses losses,
            BiFunction<FeedPorts, List<Instrument>, VenueProtocol> newFeed) throws IOException {
        this.directory = directory;
        this.losses = losses;
        this.seconds = seconds;
        this.idsChain = venue.chainsTradeIds();
        this.random = new SplittableRandom(seed);
        this.outageStartsNs = random
                .longs(losses.outages, 20_000 * MS, (seconds - 40) * 1_000 * MS).sorted().toArray();
        Listing listing = venue.listing("BTCUSDT");
        past = new PastTrades(listing);
        truth = new TrueTape(venue, List.of(listing));
        EngineConfig config = new EngineConfig(directory, directory.resolve("journal"), 16,
                RingConfig.DEFAULT, JournalConfig.DEFAULT,
                new WindowConfig(1, 1 << 16, 2_000, 14_400_000), DepthConfig.defaults(),
                CoverageConfig.DEFAULT);
        Files.createDirectories(directory);
        engine = Engine.open(config, new EngineWorld(Run.ofThisProcess(nowNs), false, () -> nowNs,
                CounterBlock::onHeap, () -> ledger, note -> {}));
        VenueTransport transport = new VenueTransport() {
            @Override
            public void sendText(int link, String text) {}

            @Override
            public void httpGet(String pathAndQuery) {
                answers.add(new Answer(pathAndQuery,
                        nowNs + (80 + random.nextInt(320)) * MS,
                        random.nextDouble() < losses.failures));
            }
        };
        feed = newFeed.apply(
                new FeedPorts(engine.sink(), engine.catalogue(), new TradeChains(engine
                        .catalogue()), new FeedClock(engine.sink()), transport, counters,
                        FrameRejections.UNHEARD),
                List.of(InstrumentSource.of(
                        Objects.requireNonNull(
                                com.waickoff.marketdata.feed.Venue.of(venue.label())),
                        "BTCUSDT", listing.tick(), listing.lot(), "BTC", "USDT")));
        feed.onConnect(0, epoch, nowNs);
        VenueSession session = VenueSession.builder(venue, seed).symbols("BTCUSDT").truth(truth)
                .frames(this::onFrame).open();
        session.runFor(seconds * 1_000 * MS);
        session.close();
        advance(nowNs + AFTER_NS);
        engine.awaitHandled();
        engine.retireAll();
    }

    /** Writes windows.csv as it is and windows-true.csv as it should be. */
    void export() throws IOException {
        Path file = directory.resolve("snapshot.bin");
        try (SnapshotReader snapshot = SnapshotReader.open(file)) {
            new Exports(List.of(ledger), snapshot).writeTo(directory);
        }
        Files.write(directory.resolve("windows-true.csv"),
                ReferenceExport.windows(truth.tape().windows()));
    }

    private void onFrame(Frame frame) {
        past.add(frame);
        advance(frame.receiveTimeNs());
        drawOutage();
        boolean isTrade = frame.content() == FrameContent.TRADES
                || frame.content() == FrameContent.OFF_BOOK_PRINT;
        boolean isLost = isTrade && mayLose() && random.nextDouble() < losses.frames;
        String text = frame.text().toString();
        if (isLost && !idsChain) {
            text = text.substring(0, text.length() - 2); // what is only left out nobody notices
            isLost = false;
        }
        if (frame.content().kind() == 'R' && isConnected && !isLost) {
            memory.set(text);
            feed.onFrame(0, memory.address(), memory.length(), frame.receiveTimeNs());
            engine.sink().endOfRead();
        }
    }

    private boolean mayLose() {
        long sinceNs = nowNs - VenueSession.DEFAULT_START_NS;
        return sinceNs > QUIET_NS && sinceNs < seconds * 1_000 * MS - 4 * QUIET_NS;
    }

    private void drawOutage() {
        if (isConnected && outagesBegun < losses.outages
                && nowNs - VenueSession.DEFAULT_START_NS > outageStartsNs[outagesBegun]) {
            outagesBegun++;
            isConnected = false;
            outageEndNs = nowNs + (500 + random.nextInt(8_000)) * MS;
            feed.onDisconnect(0, Reason.DISCONNECTED, nowNs);
        }
    }

    private void advance(long toNs) {
        while (nowNs + TICK_NS <= toNs) {
            nowNs += TICK_NS;
            if (!isConnected && nowNs >= outageEndNs) {
                isConnected = true;
                feed.onConnect(0, ++epoch, nowNs);
            }
            deliver();
            feed.onTime(nowNs);
            engine.sink().endOfRead();
        }
    }

    private void deliver() {
        for (Answer answer : List.copyOf(answers)) {
            if (answer.dueNs > nowNs) {
                continue;
            }
            answers.remove(answer);
            boolean isOfTrades = !answer.url.contains("depth");
            if (answer.isFailure || !isOfTrades) {
                feed.onHttpFailure(answer.url, 503, nowNs);
            } else {
                memory.set(past.answer(answer.url));
                feed.onHttp(answer.url, memory.address(), memory.length(), nowNs);
            }
        }
    }

    long count(Counter counter) {
        return counters.get(counter);
    }

    Path windows() {
        return directory.resolve("windows.csv");
    }

    Path trueWindows() {
        return directory.resolve("windows-true.csv");
    }

    @Override
    public void close() {
        engine.close();
        memory.close();
    }
}
