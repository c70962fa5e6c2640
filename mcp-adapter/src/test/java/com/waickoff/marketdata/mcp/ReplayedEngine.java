package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.Waickoff;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.snapshot.SnapshotConfig;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Data directories as engines leave them: of the sample recording, or made up. */
final class ReplayedEngine {
    /** When the sample recording ends, in ms since the epoch. */
    static final long SAMPLE_END_MS = 1_767_622_920_000L;

    private static final String VENUE = "bybit-linear";
    private static final Path SAMPLE = project().resolve("docs/sample");

    private ReplayedEngine() {}

    /** Replays the sample recording into a directory. */
    static Path sample(Path dataDir, String... options) {
        List<String> args = new ArrayList<>(List.of("replay", "--recording",
                SAMPLE.resolve("bybit-linear.frames.tsv.gz").toString(), "--venue", VENUE,
                "--instruments", SAMPLE.resolve("instruments.csv").toString(), "--data",
                dataDir.toString()));
        args.addAll(List.of(options));
        engine(args);
        return dataDir;
    }

    /** Runs a command of the engine and returns what it prints. */
    static String engine(List<String> args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int exitCode = Waickoff.run(args.toArray(String[]::new),
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8), Map.of(),
                Path.of("").toAbsolutePath(), null);
        assertThat(exitCode).as("%s: %s", args, err).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    /** An engine that knows these instruments, and nothing of them yet. */
    static Path withInstruments(Path dataDir, long nowMs, String... names) throws IOException {
        Files.createDirectories(dataDir);
        long nowNs = nowMs * 1_000_000L;
        try (SnapshotWriter writer = SnapshotWriter.create(dataDir.resolve("snapshot.bin"),
                new SnapshotConfig(names.length + 1, 64, 1, 8), Run.ofThisProcess(nowNs))) {
            for (int i = 0; i < names.length; i++) {
                int colon = names[i].indexOf(':');
                writer.define(new SnapshotInstrument(i + 1, names[i].substring(0, colon),
                        names[i].substring(colon + 1), 1, 1, 5, 100, BigDecimal.ONE, "BTC", "BTC",
                        "USDT", 1));
            }
            writer.heartbeat(nowNs);
        }
        return dataDir;
    }

    /** The project's top folder: the one that holds the wrapper. */
    static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
