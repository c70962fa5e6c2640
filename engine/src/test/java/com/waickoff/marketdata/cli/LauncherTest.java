package com.waickoff.marketdata.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher itself, run by a shell in installations and checkouts whose Java tells its arguments
 * and whose build makes empty jars.
 */
class LauncherTest {
    private static final int PATIENCE_S = 120;
    private static final String[] MODULES = {"engine", "bench/venue-simulator",
            "storage", "mcp-adapter"};

    /** What a launcher has come to. */
    private record Launched(int exitCode, List<String> out, String err) {
        String after(String argument) {
            return out.get(out.indexOf(argument) + 1);
        }

        /** What the command itself was given. */
        List<String> arguments(String mainClass) {
            return out.subList(out.indexOf(mainClass) + 1, out.size());
        }
    }

    @TempDir
    Path folder;

    private Path java;

    @BeforeEach
    void installJava() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the launcher is for POSIX shells");
        java = folder.toRealPath().resolve("jdk");
        write(java.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
        script(java.resolve("bin/java"), "printf '%s\\n' \"$@\"");
    }

    @ParameterizedTest
    @CsvSource({"run, com.waickoff.marketdata.cli.Waickoff, engine, true",
            "profile, com.waickoff.marketdata.cli.Waickoff, tools, true",
            "--help, com.waickoff.marketdata.cli.Waickoff, tools, true",
            "simulate, com.waickoff.venue.ServeVenue, tools, false",
            "mcp, com.waickoff.marketdata.mcp.McpCommand, mcp, false",
            "drain, com.waickoff.marketdata.storage.cli.DrainProgram, drain, false"})
    void shouldRunEachCommandOfAnInstallation(String command, String mainClass, String options,
            boolean named) throws Exception {
        Path home = installation();
        Path launcher = home.resolve("bin/waickoff");

        Launched launched = launch(launcher, command, "--first", "a b", "*");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.err()).isEmpty();
        assertThat(launched.after("-cp")).isEqualTo(home.resolve("lib") + "/*");
        assertThat(launched.arguments(mainClass)).isEqualTo(named
                ? List.of(command, "--first", "a b", "*")
                : List.of("--first", "a b", "*"));
        assertThat(launched.out()).contains("-Dwaickoff.home=" + home,
                "-Dwaickoff.launcher=" + launcher,
                "@" + home.resolve("config/jvm/" + options + ".options"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate", "mcp", "drain"})
    void shouldBeWhatRunsTheProgramsThatAreListed(String command) {
        CommandRun run = CommandRun.Place.in(folder).run(command);

        assertThat(CommandRun.Place.in(folder).run("--help").outLines())
                .anyMatch(line -> line.startsWith("  " + command + " "));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("launcher");
    }

    @Test
    void shouldNameItselfWhereALinkLeadsToIt() throws Exception {
        Path home = installation();
        Path link = folder.resolve("waickoff");
        Files.createSymbolicLink(link, home.resolve("bin/waickoff"));

        assertThat(launch(link, "run").out())
                .contains("-Dwaickoff.launcher=" + home.resolve("bin/waickoff"));
    }

    @ParameterizedTest
    @CsvSource({"stat, engine, waickoff-engine.jar",
            "simulate, bench/venue-simulator, waickoff-venue-simulator.jar",
            "mcp, mcp-adapter, waickoff-mcp-adapter.jar",
            "drain, storage, waickoff-storage.jar"})
    void shouldBuildACheckoutOnceAndSayNothingOfItOnStandardOutput(String command, String module,
            String jar) throws Exception {
        Path home = checkout(MODULES);
        Path launcher = home.resolve("ops/bin/waickoff");

        Launched first = launch(launcher, command);
        Launched second = launch(launcher, command);

        assertThat(first.err()).contains("building once").contains("chatter of the build")
                .contains("-pl engine,bench/venue-simulator,storage,mcp-adapter -am package");
        assertThat(second.err()).isEmpty();
        assertThat(first.exitCode()).isZero();
        assertThat(first.out()).isEqualTo(second.out());
        assertThat(first.after("-cp"))
                .isEqualTo(home.resolve(module).resolve("target").resolve(jar).toString());
    }

    @Test
    void shouldBuildWhatIsMissing() throws Exception {
        Path home = checkout(MODULES);
        module(home, "engine");
        module(home, "bench/venue-simulator");

        assertThat(launch(home.resolve("ops/bin/waickoff"), "run").err())
                .contains("building once");
        assertThat(home.resolve("mcp-adapter/target/waickoff-mcp-adapter.jar")).exists();
    }

    @Test
    void shouldFailWithTheBuild() throws Exception {
        Path home = checkout();
        script(home.resolve("mvnw"), "exit 1");

        Launched launched = launch(home.resolve("ops/bin/waickoff"), "run");

        assertThat(launched.exitCode()).isEqualTo(78);
        assertThat(launched.out()).isEmpty();
        assertThat(launched.err()).contains("the build failed");
    }

    @Test
    void shouldSayWhereNothingIsToRun() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("nowhere/bin"));

        Launched launched = launch(copyTo(bin), "run");

        assertThat(launched.exitCode()).isEqualTo(78);
        assertThat(launched.err()).contains("neither an installation").contains("checkout");
    }

    @Test
    @Timeout(600)
    void shouldMakeACacheForAgentsOnceAndGiveItToLaterStarts() throws Exception {
        script(java.resolve("bin/java"), """
                for argument in "$@"; do
                    case $argument in -XX:AOTCacheOutput=*) : > "${argument#*=}" ;; esac
                done
                printf '%s\\n' "$@\"""");
        Path launcher = installation().resolve("bin/waickoff");

        Launched first = launch(launcher, "mcp");
        Path cache = made();
        Launched second = launch(launcher, "mcp");
        write(java.resolve("release"), "JAVA_VERSION=\"25.0.2\"\n");
        Launched third = launch(launcher, "mcp");

        assertThat(first.out()).noneMatch(argument -> argument.startsWith("-XX:AOT"));
        assertThat(second.out()).contains("-XX:AOTCache=" + cache);
        assertThat(third.out()).noneMatch(argument -> argument.startsWith("-XX:AOT"));
        assertThat(List.of(first.err(), second.err(), third.err())).containsOnly("");
    }

    @Test
    void shouldStartAgentsProgramWhereNoCacheCanBeKept() throws Exception {
        write(folder.resolve("caches"), "a file");

        Launched launched = launch(installation().resolve("bin/waickoff"), "mcp");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.err()).isEmpty();
        assertThat(launched.out()).noneMatch(argument -> argument.startsWith("-XX:AOT"));
    }

    /** The cache, as soon as it is there. */
    private Path made() throws IOException {
        Path caches = folder.resolve("caches/waickoff");
        while (true) {
            try (Stream<Path> files = Files.list(caches)) {
                Path found = files.filter(file -> file.toString().endsWith(".aot")).findAny()
                        .orElse(null);
                if (found != null) {
                    return found;
                }
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private Path installation() throws IOException {
        Path home = folder.toRealPath().resolve("installation with blanks");
        Files.createDirectories(home.resolve("lib"));
        copyTo(Files.createDirectories(home.resolve("bin")));
        return home;
    }

    /** A checkout whose build chatters and makes these modules. */
    private Path checkout(String... modules) throws IOException {
        Path home = folder.toRealPath().resolve("checkout");
        copyTo(Files.createDirectories(home.resolve("ops/bin")));
        StringBuilder build = new StringBuilder("echo \"chatter of the build $*\"\n");
        for (String module : modules) {
            build.append("mkdir -p ").append(module).append("/target/lib\n: > ")
                    .append(module).append("/target/").append(jar(module)).append('\n');
        }
        script(home.resolve("mvnw"), build.toString());
        return home;
    }

    private static void module(Path home, String module) throws IOException {
        Path target = home.resolve(module).resolve("target");
        Files.createDirectories(target.resolve("lib"));
        write(target.resolve(jar(module)), "");
    }

    private static String jar(String module) {
        return "waickoff-" + module.substring(module.lastIndexOf('/') + 1) + ".jar";
    }

    private static Path copyTo(Path directory) throws IOException {
        return Files.copy(CommandRun.project().resolve("ops/bin/waickoff"),
                directory.resolve("waickoff"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void script(Path file, String text) throws IOException {
        write(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Launched launch(Path launcher, String... args) throws Exception {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = new ArrayList<>(List.of("/bin/sh", launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().remove("WAICKOFF_JAVA_OPTS");
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("caches").toString());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Launched(process.exitValue(), Files.readAllLines(out),
                Files.readString(err));
    }
}
