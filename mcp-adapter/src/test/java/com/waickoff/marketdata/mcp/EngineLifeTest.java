package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** An adapter outlives its engine, and says so. */
@Timeout(300)
class EngineLifeTest {
    private static final long START_MS = 1_800_000_000_000L;
    private static final int MAJOR_VERSION_OFFSET = 8;
    private static final String PROFILE = "{'instrument':'BTCUSDT'}";

    @TempDir
    Path directory;

    private final AtomicLong nowMs = new AtomicLong(START_MS);
    private Path dataDir;
    private Path snapshot;

    @BeforeEach
    void chooseADirectory() {
        dataDir = directory.resolve("data");
        snapshot = dataDir.resolve("snapshot.bin");
    }

    @Test
    void shouldWaitForAnEngineThatIsStartedLater() throws IOException {
        try (Dialogue dialogue = Dialogue.initialized(nowMs::get, dataDir)) {
            for (String tool : new String[]{"ping", "list_instruments"}) {
                assertThat(dialogue.failure(tool, "{}")).startsWith("ENGINE_DOWN: ")
                        .contains("start the engine").doesNotContain(directory.toString());
            }
            assertThat(dialogue.failure("get_volume_profile", PROFILE))
                    .startsWith("ENGINE_DOWN: ");

            ReplayedEngine.sample(dataDir);

            assertThat(dialogue.answer("get_volume_profile", PROFILE).get("trades").asInt())
                    .isPositive();
        }
    }

    @Test
    void shouldGiveTheLastKnownNumbersOfAStoppedEngine() throws IOException {
        ReplayedEngine.sample(dataDir);
        nowMs.set(ReplayedEngine.SAMPLE_END_MS);
        try (Dialogue dialogue = Dialogue.initialized(nowMs::get, dataDir)) {
            JsonNode before = dialogue.answer("get_volume_profile", PROFILE);
            // Long after the replay's last heartbeat, whenever this is run.
            nowMs.set(System.currentTimeMillis() + 60_000);
            JsonNode after = dialogue.answer("get_volume_profile", PROFILE);
            JsonNode ping = dialogue.answer("ping", "{}");

            assertThat(before.get("stale").asBoolean()).isFalse();
            assertThat(after.get("stale").asBoolean()).isTrue();
            assertThat(after.get("staleReason").asString()).isEqualTo("engine_stopped");
            assertThat(after.get("hint").asString()).contains("last known numbers");
            assertThat(after.get("rows")).isEqualTo(before.get("rows"));
            assertThat(ping.get("ok").asBoolean()).isFalse();
            assertThat(ping.get("stale").asBoolean()).isTrue();
        }
    }

    @Test
    void shouldNotCallAnythingYoungerThanNew() throws IOException {
        ReplayedEngine.sample(dataDir);
        nowMs.set(ReplayedEngine.SAMPLE_END_MS - 60_000);
        try (Dialogue dialogue = Dialogue.initialized(nowMs::get, dataDir)) {
            JsonNode ping = dialogue.answer("ping", "{}");

            assertThat(ping.get("ageMs").asLong()).isZero();
            assertThat(ping.get("heartbeatAgeMs").asLong()).isZero();
            assertThat(dialogue.answer("get_volume_profile", PROFILE).get("ageMs").asLong())
                    .isZero();
            assertThat(dialogue.answer("list_instruments", "{}").get("rows").get(0).get(5)
                    .asLong()).isZero();
        }
    }

    @Test
    void shouldReadTheFileOfAnEngineThatWasStartedAnew() throws IOException {
        ReplayedEngine.withInstruments(dataDir, START_MS, "binance-spot:ETHUSDT");
        try (Dialogue dialogue = Dialogue.initialized(nowMs::get, dataDir)) {
            JsonNode before = dialogue.answer("ping", "{}");
            assertThat(dialogue.failure("get_volume_profile", PROFILE))
                    .startsWith("UNKNOWN_INSTRUMENT: ");

            nowMs.addAndGet(1_000);
            ReplayedEngine.withInstruments(dataDir, nowMs.get(), "binance-spot:BTCUSDT",
                    "binance-spot:ETHUSDT");

            JsonNode after = dialogue.answer("ping", "{}");
            assertThat(after.get("instruments").asInt()).isEqualTo(2);
            assertThat(after.get("snapshotEpoch")).isNotEqualTo(before.get("snapshotEpoch"));
            assertThat(dialogue.failure("get_volume_profile", PROFILE)).startsWith("NO_DATA: ");
        }
    }

    @Test
    void shouldSayThatAnEngineIsOfAnotherVersionAndGoOn() throws IOException {
        ReplayedEngine.sample(dataDir);
        nowMs.set(ReplayedEngine.SAMPLE_END_MS);
        Path kept = Files.copy(snapshot, directory.resolve("kept"));
        try (Dialogue dialogue = Dialogue.initialized(nowMs::get, dataDir)) {
            dialogue.answer("get_volume_profile", PROFILE);

            replaceByVersion(99);

            assertThat(dialogue.failure("get_volume_profile", PROFILE))
                    .startsWith("ENGINE_DOWN: ").contains("another version")
                    .contains(SnapshotReader.formatVersion());
            assertThat(dialogue.failure("ping", "{}")).contains("another version");
            Files.move(kept, snapshot, StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            assertThat(dialogue.answer("get_volume_profile", PROFILE).get("trades").asInt())
                    .isPositive();
        }
    }

    @Test
    void shouldSayThatAFileIsDamaged() throws IOException {
        Files.createDirectories(dataDir);
        Files.writeString(snapshot, "not a snapshot".repeat(100));
        try (Dialogue dialogue = Dialogue.initialized(nowMs::get, dataDir)) {
            assertThat(dialogue.failure("ping", "{}")).startsWith("ENGINE_DOWN: ")
                    .contains("damaged");
        }
    }

    @Test
    void shouldAnswerWithoutAStatusFile() throws IOException {
        ReplayedEngine.withInstruments(dataDir, START_MS, "binance-spot:BTCUSDT");
        try (Dialogue dialogue = Dialogue.initialized(nowMs::get, dataDir)) {
            JsonNode ping = dialogue.answer("ping", "{}");

            assertThat(ping.get("ok").asBoolean()).isTrue();
            assertThat(ping.get("feeds").isNull()).isTrue();
        }
    }

    private void replaceByVersion(int major) throws IOException {
        Path next = Files.copy(snapshot, directory.resolve("next"));
        try (FileChannel file = FileChannel.open(next, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(0, major), MAJOR_VERSION_OFFSET);
        }
        Files.move(next, snapshot, StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }
}
