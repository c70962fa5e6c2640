package com.waickoff.marketdata.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.status.DrainStatus;
import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Terminal.Colors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoragePaneTest {
    private static final Map<String, String> MONGO = Map.of("lane.mongo.state", "following",
            "lane.mongo.lag_ms", "0", "lane.mongo.written.trade.processed", "6104",
            "lane.mongo.written.window.closed", "10", "lane.mongo.written.window.revised", "2");

    @TempDir
    private Path directory;

    @Test
    void shouldSayWhatIsStoredAndThatNothingIsBehind() throws IOException {
        assertThat(line(80, MONGO, Map.of("lane.redis.state", "catching-up", "lane.redis.effects",
                "6130", "lane.redis.lag_ms", "0")))
                .isEqualTo("stored  mongo 6,104 trades 12 windows  redis 6,130 events"
                        + "             up to date");
    }

    @Test
    void shouldSayHowFarTheSlowestIsBehindAndWhatItIsAbout() throws IOException {
        Map<String, String> redis = Map.of("lane.redis.state", "retrying", "lane.redis.effects",
                "6130", "lane.redis.lag_ms", "2500", "lane.redis.lag_events", "1204");

        assertThat(line(100, MONGO, redis)).contains("redis 6,130 events  retrying ")
                .endsWith(" 2.5 s, 1,204 events behind");
        assertThat(line(84, MONGO, redis)).endsWith(" 2.5 s behind");
    }

    @Test
    void shouldNotSayHowFarBehindWhatHasNotBegunIs() throws IOException {
        assertThat(line(80, Map.of("lane.mongo.state", "starting", "lane.mongo.lag_ms", "-1"),
                Map.of())).isEqualTo("stored  mongo 0 trades 0 windows  starting");
    }

    @Test
    void shouldSayWhatIsAway() throws IOException {
        assertThat(line(80, MONGO, Map.of(), "no Redis here"))
                .contains("12 windows  no Redis here ").endsWith("up to date");
        assertThat(new StoragePane(80, new Ink(Colors.NONE)).line(null,
                List.of("a drain is starting"))).isEqualTo("stored  a drain is starting");
    }

    private String line(int width, Map<String, String> one, Map<String, String> other,
            String... remarks) throws IOException {
        Map<String, String> values = new TreeMap<>(one);
        values.putAll(other);
        DrainStatus.write(directory, values);
        return new StoragePane(width, new Ink(Colors.NONE)).line(DrainStatus.read(directory),
                List.of(remarks));
    }
}
