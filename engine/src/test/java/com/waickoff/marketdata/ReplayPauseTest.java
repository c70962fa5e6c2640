package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.waickoff.marketdata.replay.Pacer;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.StatusReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A replay that waits, or stands still, is alive for its readers. */
class ReplayPauseTest {
    private static final int BEATS = 3;

    @TempDir
    private Path directory;

    @Test
    void shouldBeatWhileItStandsStill() throws ReplayException, IOException {
        EngineConfig config = EngineConfig.defaults(directory);
        Path recording = Files.write(directory.resolve("frames.tsv"),
                List.of("1000000000\tC\twss://venue/", "1000000001\tR\t{}",
                        "1000000002\tR\t{}"));
        AtomicLong wallNs = new AtomicLong(ReplayChild.WALL_CLOCK_NS.getAsLong());
        Set<Long> statusBeats = new HashSet<>();
        Set<Long> snapshotBeats = new HashSet<>();
        ReplayProgress untilItHasBeaten = new ReplayProgress() {
            @Override
            public void onProgress(long done, long total, long events) {
                // Only whether it goes on is of interest.
            }

            @Override
            public boolean isPauseRequested() {
                try (StatusReader status = StatusReader.open(config.statusFile());
                        SnapshotReader snapshot = SnapshotReader.open(config.snapshotFile())) {
                    statusBeats.add(status.heartbeatNs());
                    snapshotBeats.add(snapshot.heartbeatNs());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return statusBeats.size() < BEATS || snapshotBeats.size() < BEATS;
            }
        };

        ReplayResult result = ReplayRun.run(
                new ReplayRequest(new ReplayRequest.Recording(recording, "bybit-linear", null), 0,
                        Long.MAX_VALUE, 1, null, null, config),
                untilItHasBeaten, wallNs::incrementAndGet, System::nanoTime);

        assertTrue(statusBeats.size() >= BEATS, "beats: " + statusBeats);
        assertTrue(snapshotBeats.size() >= BEATS, "beats: " + snapshotBeats);
        assertTrue(result.elapsedNs() > 0);
    }

    @Test
    void shouldNotMakeUpForThePause() {
        // One second passes with each look at the clock; waiting itself takes no time of it.
        AtomicLong nowNs = new AtomicLong();
        int[] asked = {0};
        Pacer pacer = new Pacer(1, () -> nowNs.addAndGet(1_000_000_000L), new Pacer.Will() {
            @Override
            public boolean isPaused() {
                asked[0]++;
                if (asked[0] == 2) {
                    nowNs.addAndGet(3_600_000_000_000L);
                }
                return asked[0] < 3;
            }
        });
        pacer.await(0);
        pacer.await(1);
        pacer.standStill();
        long beforeNs = nowNs.get();

        pacer.await(10_000_000_000L);

        assertTrue(asked[0] >= 3, "asked until it may go on");
        assertTrue(nowNs.get() - beforeNs >= 2_000_000_000L,
                "the hour of the pause was taken for time of the replay");
        assertTrue(nowNs.get() - beforeNs < 60_000_000_000L, "it waited for the pause again");
    }
}
