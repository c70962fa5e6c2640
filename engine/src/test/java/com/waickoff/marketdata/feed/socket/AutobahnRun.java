package com.waickoff.marketdata.feed.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * The cases of Autobahn's test suite for RFC 6455 against the client that feeds are made of. Each is
 * a test with the verdict of the suite; its own report is in {@code target/autobahn}.
 *
 * <pre>
 *   ./mvnw -Pautobahn -pl engine -am verify
 * </pre>
 *
 * <p>Left out are sections 12 and 13, which are about compression: none is offered.
 */
class AutobahnRun {
    private static final String AGENT = "waickoff";
    private static final int LONGEST_MESSAGE = 16 << 20;
    private static final int FAREWELL_MS = 10_000;
    private static final int CASES = 301;
    private static final long PATIENCE_S = 120;
    private static final List<String> PASSED = List.of("OK", "NON-STRICT", "INFORMATIONAL");
    private static final List<String> ENDED_WELL = List.of("OK", "INFORMATIONAL");
    private static final Pattern VERDICT = Pattern.compile(
            "\"([0-9.]+)\": \\{\\s*\"behavior\": \"([^\"]+)\",\\s*\"behaviorClose\": \"([^\"]+)\"");
    private static final Map<Integer, String> SECTIONS = Map.of(1, "framing", 2, "pings and pongs",
            3, "reserved bits", 4, "opcodes", 5, "fragmentation", 6, "UTF-8", 7, "close handshake",
            9, "long messages, and many", 10, "fragmentation by the network");

    /** What the suite thinks of a case: of the messages, and of the connection's end. */
    private record Verdict(String id, String behavior, String close) {
        int section() {
            return Integer.parseInt(id.substring(0, id.indexOf('.')));
        }
    }

    @TestFactory
    Stream<DynamicNode> shouldPassEveryCase() throws Exception {
        Path directory = Path.of("target", "autobahn").toAbsolutePath();
        SocketKind kind = SocketKind.valueOf(System.getProperty("autobahn.sockets", "AUTO"));
        List<Verdict> verdicts;
        try (FuzzingServer server = new FuzzingServer(directory.resolve("suite"),
                directory.resolve("jython-standalone.jar"), directory, List.of("12.*", "13.*"));
                EchoClient client = new EchoClient(kind, LONGEST_MESSAGE, FAREWELL_MS)) {
            run(server, client);
            verdicts = read(directory.resolve(Path.of("report", "index.json")));
        }
        print(verdicts, kind, directory.resolve(Path.of("report", "index.html")));
        assertThat(verdicts).hasSize(CASES);
        return verdicts.stream().collect(Collectors.groupingBy(Verdict::section, TreeMap::new,
                Collectors.toList())).entrySet().stream()
                .map(section -> dynamicContainer(title(section.getKey()),
                        section.getValue().stream().map(AutobahnRun::test)));
    }

    private static void run(FuzzingServer server, EchoClient client) throws Exception {
        int count = Integer.parseInt(
                client.listen(server.uri(), "/getCaseCount").get(PATIENCE_S, TimeUnit.SECONDS));
        assertThat(count).isEqualTo(CASES);
        for (int i = 1; i <= count; i++) {
            client.echo(server.uri(), "/runCase?agent=" + AGENT + "&case=" + i)
                    .get(PATIENCE_S, TimeUnit.SECONDS);
        }
        client.listen(server.uri(), "/updateReports?agent=" + AGENT).get(PATIENCE_S,
                TimeUnit.SECONDS);
    }

    private static List<Verdict> read(Path index) throws IOException {
        List<Verdict> verdicts = new ArrayList<>();
        Matcher matcher = VERDICT.matcher(Files.readString(index));
        while (matcher.find()) {
            verdicts.add(new Verdict(matcher.group(1), matcher.group(2), matcher.group(3)));
        }
        verdicts.sort(Comparator.comparing(verdict -> Stream.of(verdict.id.split("\\.", -1))
                .map("%4s"::formatted).collect(Collectors.joining())));
        return verdicts;
    }

    private static DynamicNode test(Verdict verdict) {
        return dynamicTest(verdict.id, () -> {
            assertThat(verdict.behavior).as("the case").isIn(PASSED);
            assertThat(verdict.close).as("the end of the connection").isIn(ENDED_WELL);
        });
    }

    private static String title(int section) {
        return section + " " + SECTIONS.getOrDefault(section, "");
    }

    private static boolean isPassed(Verdict verdict) {
        return PASSED.contains(verdict.behavior) && ENDED_WELL.contains(verdict.close);
    }

    private static void print(List<Verdict> verdicts, SocketKind kind, Path report) {
        StringBuilder table = new StringBuilder("%n%-32s %6s %6s %12s %15s %8s%n".formatted(
                "Autobahn, sockets " + kind, "cases", "OK", "non-strict", "informational",
                "failed"));
        verdicts.stream().collect(Collectors.groupingBy(Verdict::section, TreeMap::new,
                Collectors.toList())).forEach((section, some) -> row(table, title(section), some));
        row(table, "all", verdicts);
        verdicts.stream().filter(verdict -> !isPassed(verdict)).forEach(verdict -> table
                .append("failed: %s, %s, its end %s%n".formatted(verdict.id, verdict.behavior,
                        verdict.close)));
        System.out.println(table.append("report: ").append(report).append('\n'));
    }

    private static void row(StringBuilder table, String title, List<Verdict> verdicts) {
        table.append("%-32s %6d %6d %12d %15d %8d%n".formatted(title, verdicts.size(),
                count(verdicts, "OK"), count(verdicts, "NON-STRICT"),
                count(verdicts, "INFORMATIONAL"),
                verdicts.stream().filter(verdict -> !isPassed(verdict)).count()));
    }

    private static long count(List<Verdict> verdicts, String behavior) {
        return verdicts.stream().filter(AutobahnRun::isPassed)
                .filter(verdict -> verdict.behavior.equals(behavior)).count();
    }
}
