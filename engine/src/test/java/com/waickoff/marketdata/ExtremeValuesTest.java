package com.waickoff.marketdata;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.status.Conservation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Frames of the right shape with values that no market has: whatever of them gets through, the
 * studies take it, the accounts add up, and the journal leads to the same state.
 */
class ExtremeValuesTest {
    private static final long SEED = Long.getLong("extremes.seed", 20_261_122L);
    private static final int LINES = 1_200;
    private static final Pattern VALUE = Pattern.compile("\"?-?\\d+(\\.\\d+)?\"?(?!:)");
    private static final List<String> EXTREMES = List.of("0", "-1", "-0", "1", "0.001",
            "0.00000000000000001", "99999999999", "4294967296", "9007199254740993",
            "253402300799999", "123456789012345678", "9223372036854775807",
            "-9223372036854775808", "18446744073709551616", "92233720368547758.07", "1e-5",
            "1e400", "null", "true", "[]", "{}");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(ints = {2, 20, 200})
    void shouldBeTakenOrRefusedAndReplayedTheSame(int framesInAThousand)
            throws IOException, ReplayException {
        SplittableRandom random = new SplittableRandom(SEED + framesInAThousand);
        System.out.println("extreme values: seed " + SEED);
        Path sample = SharedRecordings.projectRoot().resolve("docs/sample");
        Path frames = directory.resolve("extreme.frames.tsv");
        Path journal = directory.resolve("journal");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(
                Files.newInputStream(sample.resolve("bybit-linear.frames.tsv.gz"))),
                StandardCharsets.UTF_8))) {
            Files.write(frames, lines.lines().limit(LINES)
                    .map(line -> random.nextInt(1_000) < framesInAThousand
                            ? changed(line, random)
                            : line)
                    .toList());
        }

        ReplayResult recorded = replay(new ReplayRequest.Recording(frames, "bybit-linear",
                sample.resolve("instruments.csv")), journal);
        ReplayResult journaled = replay(new ReplayRequest.Journal(journal), null);

        assertThat(recorded.events()).isGreaterThan(LINES / 2);
        assertThat(Conservation.of(recorded.counters()).holds()).isTrue();
        assertThat(journaled.events()).isEqualTo(recorded.events());
        assertThat(journaled.stateHash()).isEqualTo(recorded.stateHash());
    }

    /** The line with one to three of its values made extreme; the receive time stays. */
    private static String changed(String line, SplittableRandom random) {
        int payload = line.lastIndexOf('\t') + 1;
        StringBuilder text = new StringBuilder(line);
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            List<int[]> values = VALUE.matcher(text).results()
                    .filter(value -> value.start() >= payload)
                    .map(value -> new int[]{value.start(), value.end()}).toList();
            if (!values.isEmpty()) {
                int[] value = values.get(random.nextInt(values.size()));
                boolean isText = text.charAt(value[0]) == '"' ^ random.nextInt(8) == 0;
                String extreme = EXTREMES.get(random.nextInt(EXTREMES.size()));
                text.replace(value[0], value[1], isText ? '"' + extreme + '"' : extreme);
            }
        }
        return text.toString();
    }

    private ReplayResult replay(ReplayRequest.Source source, @Nullable Path journal)
            throws ReplayException {
        EngineConfig defaults = EngineConfig.defaults(directory.resolve("data"));
        EngineConfig config = new EngineConfig(defaults.dataDir(), defaults.journalDir(), 16,
                new RingConfig(1 << 14, Topology.INLINE, 1, RingConfig.Idle.SLEEPING),
                defaults.journal(), defaults.windows(), defaults.depth(), defaults.coverage());
        return ReplayRun.run(
                new ReplayRequest(source, 0, Long.MAX_VALUE, ReplayRequest.AS_FAST_AS_IT_GOES,
                        journal, null, config),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime);
    }
}
