package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.cli.EngineFilesOptions;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.cli.EngineFilesOptions.WrongOptionsException;
import com.waickoff.marketdata.storage.drain.Drain;
import com.waickoff.marketdata.storage.drain.Lane;
import com.waickoff.marketdata.storage.drain.LaneSettings;
import com.waickoff.marketdata.storage.drain.LaneWorld;
import com.waickoff.marketdata.storage.drain.StopSignal;
import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import com.waickoff.marketdata.storage.mongo.MongoSettings;
import com.waickoff.marketdata.storage.mongo.MongoSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import picocli.CommandLine;

/**
 * A data directory as an engine and a drain leave it: the sample recording, replayed and stored, with
 * the embedded store open beside it, as a running drain has it.
 */
final class StoredEngine implements AutoCloseable {
    private final Path drain;
    private EmbeddedMongo store;

    private StoredEngine(Path drain, EmbeddedMongo store) {
        this.drain = drain;
        this.store = store;
    }

    /** Stores the journal of a replayed engine. */
    static StoredEngine of(Path dataDir) throws Exception {
        EngineConfig config = setup(dataDir).engine();
        Path drain = Drain.directory(config);
        StoredEngine stored = new StoredEngine(drain, EmbeddedMongo.open(drain, 0));
        LaneWorld world = new LaneWorld(() -> ReplayedEngine.SAMPLE_END_MS, System::nanoTime,
                new SplittableRandom(1), note -> {});
        try (Drain filling = Drain.start(config,
                () -> List.of(new MongoSink(
                        MongoSettings.of(stored.store.uri(), "waickoff"), new Random(1))),
                LaneSettings.DEFAULT, Lane.Mode.UNTIL_CAUGHT_UP, world, new StopSignal())) {
            assertThat(filling.await()).isNull();
        }
        return stored;
    }

    private static EngineSetup setup(Path dataDir) throws WrongOptionsException {
        EngineFilesOptions options = new EngineFilesOptions();
        CommandLine.populateCommand(options, "--data-dir", dataDir.toString());
        return options.configured(Map.of(), dataDir, null);
    }

    /** The drain ends. */
    void stopStore() throws IOException {
        store.close();
    }

    /** The drain is started again. */
    void startStore() throws IOException {
        store = EmbeddedMongo.open(drain, 0);
    }

    @Override
    public void close() throws IOException {
        store.close();
    }
}
