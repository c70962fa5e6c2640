package com.waickoff.marketdata.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.cli.EngineFilesOptions;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine;

/** What is promised of the servers of {@code ops/compose}, as far as it can be told without starting them. */
class ComposeTest {
    private static final Path PROJECT = TestSetup.project();
    private static final Path COMPOSE = PROJECT.resolve("ops/compose");

    private static Map<String, Map<String, Object>> services;
    private static Map<String, Map<String, Object>> secrets;

    @TempDir
    private Path directory;

    @BeforeAll
    static void read() throws Exception {
        try (Reader file = Files.newBufferedReader(COMPOSE.resolve("compose.yaml"))) {
            Map<String, Map<String, Map<String, Object>>> all = new Yaml().load(file);
            services = all.get("services");
            secrets = all.get("secrets");
        }
    }

    @Test
    void shouldPinBoundAndWatchEachServer() {
        assertThat(services).containsOnlyKeys("mongo", "redis");
        assertThat(services.values()).allSatisfy(service -> {
            assertThat(service.get("image").toString()).matches("[a-z]+:[0-9]+\\.[0-9]+\\.[0-9]+");
            assertThat((List<?>) service.get("ports")).isNotEmpty()
                    .allMatch(port -> port.toString().startsWith("127.0.0.1:"));
            assertThat(service).containsKeys("mem_limit", "healthcheck", "secrets", "volumes");
        });
    }

    @Test
    void shouldKeepSecretsInFilesThatAreMadeHereAndNotCommitted() throws Exception {
        assertThat(secrets).isNotEmpty();
        assertThat(secrets.values()).allMatch(
                secret -> secret.get("file").toString().startsWith("./secrets/"));
        assertThat(Files.readAllLines(PROJECT.resolve(".gitignore")))
                .contains("/ops/compose/secrets/");
        try (Stream<Path> scripts = Stream.of("prepare", "suite", "redis/start")
                .map(COMPOSE::resolve)) {
            assertThat(scripts).allMatch(Files::isExecutable);
        }
        String prepare = Files.readString(COMPOSE.resolve("prepare"));
        assertThat(prepare).contains("umask 077");
        assertThat(secrets.keySet()).allMatch(
                name -> prepare.contains(name.replaceFirst("-password", "")));
    }

    @Test
    void shouldNeverEvictStreams() throws Exception {
        assertThat(Files.readAllLines(COMPOSE.resolve("redis/redis.conf")))
                .contains("maxmemory-policy noeviction", "appendonly yes")
                .anyMatch(line -> line.startsWith("maxmemory "));
    }

    @Test
    void shouldBeWhatTheDrainIsPointedAt() throws Exception {
        EngineFilesOptions options = new EngineFilesOptions();
        CommandLine.populateCommand(options, "--data-dir", directory.toString(), "--config",
                COMPOSE.resolve("waickoff.yaml").toString());
        EngineSetup setup = options.configured(Map.of(), directory, PROJECT);

        assertThat(setup.remarks()).isEmpty();
        assertThat(StoreSettings.of(setup).redis("redis://host").login()).hasToString(
                "default user");
        assertThat(setup.storage()).containsEntry("redis.uri", "redis://127.0.0.1:6379/0");
        assertThat(Set.of(setup.storage().get("mongo.uri-file"),
                setup.storage().get("redis.password-file")))
                .allMatch(path -> path.startsWith("ops/compose/secrets/"));
    }
}
