package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.waickoff.marketdata.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs what the documents tell people to run: each block that begins with {@code ```sh runnable}, in
 * order, in a folder of its own for each document. Where a block {@code ```text} follows at once, it
 * is what it prints into a file; {@code …} stands for anything.
 */
class DocumentedCommandsTest {
    /** What a command that takes long tells of its progress: on a slow machine any may. */
    private static final Pattern PROGRESS = Pattern.compile(
            "(?m)^[a-z ]+( \\d+ %)?, [^\n]+ (events|frames), [^\n]+/s(, [^\n]+ left)?\\R");
    private static final Pattern BLOCK = Pattern
            .compile("(?ms)^```sh runnable\n(.*?)^```\n(?:\\s*^```text\n(.*?)^```\n)?");
    private static final String LAUNCHER = "ops/bin/waickoff ";

    @TempDir
    static Path directory;

    /** What starts other programs needs a launcher, and that of the project is not built yet. */
    @BeforeAll
    static void installALauncher() throws IOException {
        System.setProperty(DemoCommand.LAUNCHER, TestLauncher.in(directory).script().toString());
    }

    @AfterAll
    static void removeTheLauncher() {
        System.clearProperty(DemoCommand.LAUNCHER);
    }

    @TestFactory
    Stream<DynamicTest> shouldDoWhatTheDocumentsSay() throws IOException {
        Path project = CommandRun.project();
        List<DynamicTest> tests = new ArrayList<>();
        for (Path document : documents(project)) {
            Path folder = Files.createDirectories(directory.resolve(
                    project.relativize(document).toString().replace('/', '-')));
            for (String shared : List.of("docs/sample", "config")) {
                copy(project.resolve(shared), folder.resolve(shared));
            }
            Matcher block = BLOCK.matcher(Files.readString(document));
            while (block.find()) {
                String commands = block.group(1);
                String shown = block.group(2);
                tests.add(dynamicTest(project.relativize(document) + ": "
                        + commands.lines().findFirst().orElse(""),
                        () -> run(folder, commands, shown)));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    private static void run(Path folder, String commands, String shown) {
        StringBuilder printed = new StringBuilder();
        for (String line : commands.replaceAll("\\\\\n *", "").split("\n", -1)) {
            if (!line.isBlank()) {
                assertThat(line).startsWith(LAUNCHER);
                printed.append(run(folder, line.substring(LAUNCHER.length()).split(" +")));
            }
        }
        if (shown != null) {
            String pattern = Arrays.stream(shown.split("…", -1)).map(Pattern::quote)
                    .reduce((one, other) -> one + ".*" + other).orElseThrow();
            assertThat(printed.toString()).matches(pattern);
        }
    }

    private static String run(Path folder, String[] args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of();
        int exitCode = Waickoff.run(args, new Shell(
                new PrintStream(out, false, StandardCharsets.UTF_8),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                Terminal.none(env, StandardCharsets.UTF_8),
                Terminal.none(env, StandardCharsets.UTF_8), env, folder, folder,
                () -> CommandRun.NOW_MS, System::nanoTime, new Interruption()));

        assertThat(exitCode).as("%s: %s", List.of(args), err).isZero();
        assertThat(PROGRESS.matcher(err.toString(StandardCharsets.UTF_8)).replaceAll(""))
                .as("%s", List.of(args)).isEmpty();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
    }

    private static List<Path> documents(Path project) throws IOException {
        List<Path> documents = new ArrayList<>(List.of(project.resolve("README.md")));
        try (Stream<Path> files = Files.walk(project.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted()
                    .forEach(documents::add);
        }
        return documents;
    }
}
