package com.waickoff.marketdata.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.drain.Lane;
import com.waickoff.marketdata.storage.drain.LaneSettings;
import com.waickoff.marketdata.storage.drain.LaneWorld;
import com.waickoff.marketdata.storage.drain.StopSignal;
import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import com.waickoff.marketdata.storage.history.HistoryException;
import com.waickoff.marketdata.storage.history.HistoryException.Kind;
import com.waickoff.marketdata.storage.history.HistoryWindow;
import com.waickoff.marketdata.storage.history.PageRequest;
import com.waickoff.marketdata.storage.mongo.MongoSink;
import com.waickoff.marketdata.window.Timeframe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryDoorTest {
    /** Nothing here takes so long; a busy machine may for a while. */
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMillis(300);
    private static final String COIN = "bybit-linear:COIN0";
    private static final long FROM_MS = InventedMarket.NOON_NS / 1_000_000;
    private static final PageRequest HOUR = PageRequest.of(FROM_MS, FROM_MS + 3_600_000)
            .within(DEADLINE);

    @TempDir
    private Path directory;

    @Test
    void shouldFindTheHostedStoreWheneverAndWhereverItIs() throws Exception {
        EngineSetup setup = setup();
        InventedMarket.write(InventedMarket.config(setup.engine().dataDir()), 3, 900);
        Path drain = Drain.directory(setup.engine());
        try (HistoryDoor door = HistoryDoor.open(setup, System::currentTimeMillis, DEADLINE)) {
            assertAway(() -> door.bars(COIN, Timeframe.M1, HOUR), "waickoff drain");

            List<HistoryWindow> first;
            try (EmbeddedMongo store = EmbeddedMongo.open(drain, 0)) {
                fill(setup, store.uri());
                first = door.bars(COIN, Timeframe.M1, HOUR).items();
                assertThat(first).isNotEmpty();
                assertThat(door.instruments()).hasSize(InventedMarket.INSTRUMENTS);
                assertThat(door.coverage(COIN)).isPresent();
            }
            assertAway(() -> door.bars(COIN, Timeframe.M1, HOUR), "waickoff drain");

            // As a host does that was killed.
            Files.writeString(drain.resolve(EmbeddedMongo.URI_FILE),
                    "mongodb://127.0.0.1:" + TestPorts.next() + "\n");
            assertAway(() -> door.bars(COIN, Timeframe.M1, HOUR), "without saying so");

            try (EmbeddedMongo store = EmbeddedMongo.open(drain, TestPorts.next())) {
                assertThat(store.uri()).isNotEmpty();
                assertThat(door.bars(COIN, Timeframe.M1, HOUR).items()).isEqualTo(first);
            }
        }
    }

    @Test
    void shouldSayThatThereIsNoHistory() throws Exception {
        try (HistoryDoor door = HistoryDoor.open(setup("mongo.uri=none"),
                System::currentTimeMillis, DEADLINE)) {
            assertThat(door.isConfigured()).isFalse();
            assertThatThrownBy(door::instruments).isInstanceOfSatisfying(HistoryException.class,
                    e -> assertThat(e.kind()).isEqualTo(Kind.NOT_KEPT));
        }
    }

    @Test
    void shouldFollowTheFileThatNamesTheServerAndNeverShowItsPassword() throws Exception {
        Path file = directory.resolve("mongo.uri");
        Files.writeString(file,
                "mongodb://drain:hunter2@127.0.0.1:" + TestPorts.next() + "/?appName=x");
        EngineSetup setup = setup("mongo.uri-file=" + file);
        try (HistoryDoor door = HistoryDoor.open(setup, System::currentTimeMillis, SOON)) {
            assertThat(door.isConfigured()).isTrue();
            assertAway(door::instruments, "");
        }
        try (HistoryDoor door = HistoryDoor.open(setup, System::currentTimeMillis, DEADLINE)) {
            Files.writeString(file, "mongodb:/drain:hunter2@127.0.0.1");
            assertAway(door::instruments, "connection string");

            try (EmbeddedMongo store = EmbeddedMongo.open(directory.resolve("other"), 0)) {
                Files.writeString(file, store.uri() + "\n");
                assertThat(door.bars(COIN, Timeframe.M1, HOUR).items()).isEmpty();
            }
        }
    }

    private static void assertAway(ThrowingCallable question, String why) {
        assertThatThrownBy(question).isInstanceOfSatisfying(HistoryException.class, e -> {
            assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
            assertThat(e).hasMessageContaining(why);
            for (Throwable told = e; told != null; told = told.getCause()) {
                assertThat(String.valueOf(told.getMessage())).doesNotContain("hunter2");
            }
        });
    }

    private static void fill(EngineSetup setup, String uri) throws IOException {
        EngineConfig config = InventedMarket.config(setup.engine().dataDir());
        LaneWorld world = new LaneWorld(System::currentTimeMillis, System::nanoTime,
                new SplittableRandom(3), note -> {});
        try (Drain drain = Drain.start(config,
                () -> List.of(new MongoSink(StoreSettings.of(setup).mongo(uri), new Random(3))),
                LaneSettings.DEFAULT, Lane.Mode.UNTIL_CAUGHT_UP, world, new StopSignal())) {
            assertThat(drain.await()).isNull();
        }
    }

    private EngineSetup setup(String... settings) throws Exception {
        return TestSetup.in(directory, settings);
    }
}
