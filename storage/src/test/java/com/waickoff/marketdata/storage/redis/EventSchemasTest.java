package com.waickoff.marketdata.storage.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.waickoff.marketdata.storage.effect.Effect;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What is on the streams, against the schemas in {@code docs/events}. */
class EventSchemasTest {
    private static final Path DOCUMENTS = documents();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SUFFIX = ".v1.schema.json";

    private final Map<String, Schema> schemas = new HashMap<>();
    private final Map<String, JsonNode> sources = new HashMap<>();

    @Test
    void shouldSendWhatTheSchemasSay(@TempDir Path directory) throws Exception {
        List<Effect> effects = SampleEffects.ofEachKind(11);
        List<Map<String, String>> sent = new ArrayList<>();
        try (TestRedis redis = TestRedis.any(directory)) {
            RedisSettings settings = redis.settings();
            try (RedisSink sink = new RedisSink(settings, System::nanoTime)) {
                new TestLane(effects, 100, 1).run(sink);
            }
            String instrument = effects.getFirst().instrument().name();
            for (StreamMessage<String, String> entry : redis.look().xrange(
                    new RedisKeys(settings.prefix()).events(instrument), Range.unbounded())) {
                sent.add(event(entry.getId(), instrument, entry.getBody()));
            }
        }

        assertThat(sent).hasSameSizeAs(effects).allSatisfy(this::checkStrictly);
        assertThat(sent.stream().map(event -> event.get("type"))).containsAll(types());
    }

    @Test
    void shouldMakeWhatTheSchemasSayOfAnyEffect() {
        assertThat(SampleEffects.of(12, 3_000, 3)).allSatisfy(effect -> checkStrictly(
                event(effect.id().toString(), effect.instrument().name(),
                        TestLane.fields(effect, 1))));
    }

    /** A schema that would take anything would hold nothing. */
    @Test
    void shouldNoticeAnythingElse() {
        for (Effect effect : SampleEffects.ofEachKind(13)) {
            Map<String, String> event = event(effect.id().toString(), effect.instrument().name(),
                    TestLane.fields(effect, 1));
            for (String name : event.keySet()) {
                Map<String, String> without = new LinkedHashMap<>(event);
                without.remove(name);
                assertThat(check(event.get("type"), without)).as("without %s", name)
                        .isNotEmpty();
            }
            for (String name : List.of("n", "v", "type", "id", "receive_time_ns")) {
                Map<String, String> other = new LinkedHashMap<>(event);
                other.put(name, "1.50e3");
                assertThat(check(event.get("type"), other)).as("with another %s", name)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void shouldHaveAnExampleOfEachType() throws IOException {
        Set<String> shown = new TreeSet<>();
        for (String line : Files.readAllLines(DOCUMENTS.resolve("README.md"))) {
            if (line.startsWith("{")) {
                Map<String, String> example = new LinkedHashMap<>();
                JSON.readTree(line).properties()
                        .forEach(field -> example.put(field.getKey(), field.getValue().asString()));
                checkStrictly(example);
                shown.add(example.get("type"));
            }
        }
        assertThat(shown).isEqualTo(types());
    }

    private static Map<String, String> event(String id, String instrument,
            Map<String, String> fields) {
        Map<String, String> event = new LinkedHashMap<>();
        event.put("id", id);
        event.put("instrument", instrument);
        event.putAll(fields);
        return event;
    }

    /** By the schema, and with no field that it does not describe. */
    private void checkStrictly(Map<String, String> event) {
        String type = event.get("type");
        assertThat(check(type, event)).as("%s", event).isEmpty();
        Set<String> described = new TreeSet<>();
        JsonNode source = sources.get(type);
        described.addAll(source.get("properties").propertyNames());
        source.path("allOf").forEach(rule -> {
            if (rule.at("/if/properties/kind/const").asString("").equals(event.get("kind"))) {
                described.addAll(rule.at("/then/properties").propertyNames());
            }
        });
        assertThat(event.keySet()).as("fields of %s", type).isSubsetOf(described);
    }

    private List<String> check(String type, Map<String, String> event) {
        Schema schema = schemas.computeIfAbsent(type, name -> {
            try {
                String text = Files.readString(DOCUMENTS.resolve(name + SUFFIX));
                sources.put(name, JSON.readTree(text));
                return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(text, InputFormat.JSON);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return schema.validate(JSON.writeValueAsString(new TreeMap<>(event)), InputFormat.JSON)
                .stream().map(Object::toString).toList();
    }

    private static Set<String> types() throws IOException {
        Set<String> types = new TreeSet<>();
        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .forEach(name -> types.add(name.substring(0, name.length() - SUFFIX.length())));
        }
        return types;
    }

    private static Path documents() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs").resolve("events");
    }
}
