package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.waickoff.marketdata.cli.Waickoff;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What others have made asks this build's adapter, by {@code mcp-adapter/clients/run}; skipped where
 * npm cannot bring it. With {@code -Dwaickoff.clients=all} nothing is left out for the sake of time,
 * with {@code -Dwaickoff.clients=off} everything.
 */
@Timeout(1_500)
class OtherClientsTest {
    private static final String WANTED = System.getProperty("waickoff.clients", "brief");
    private static final long INSTALL_MINUTES = 4;
    private static final long RUN_MINUTES = 15;
    /** As {@code ops/bin/waickoff}, with the classes under test, which are in no jar yet. */
    private static final String LAUNCHER = """
            #!/bin/sh
            case $1 in
                mcp) shift; main=%4$s; process=mcp ;;
                *) main=%5$s; process=tools ;;
            esac
            exec '%1$s' '@%2$s/config/jvm/common.options' "@%2$s/config/jvm/$process.options" \\
                -cp '%3$s' $main "$@"
            """;

    @TempDir
    Path directory;

    private int exitCode;
    private String output = "";

    @BeforeEach
    void install() throws Exception {
        assumeFalse(WANTED.equals("off"), "-Dwaickoff.clients=off");
        assumeTrue(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "npm"))),
                "there is no npm on the PATH");
        assumeTrue(run("install", INSTALL_MINUTES), "npm did not come to an end: " + output);
        assumeTrue(exitCode == 0, "npm cannot bring them: " + output);
    }

    @Test
    void shouldServeFourClientsOfOthers() throws Exception {
        assertThat(run("clients", RUN_MINUTES)).as(output).isTrue();
        assertThat(exitCode).as(output).isZero();
        System.out.print(output);
    }

    @Test
    void shouldPassTheOfficialSuite() throws Exception {
        assertThat(run("conformance", RUN_MINUTES)).as(output).isTrue();
        assertThat(exitCode).as(output).isZero();
    }

    /** Whether it ended by itself in time. */
    private boolean run(String what, long minutes) throws IOException, InterruptedException {
        Path said = directory.resolve(what);
        ProcessBuilder builder = new ProcessBuilder(ReplayedEngine.project()
                .resolve("mcp-adapter/clients/run").toString(), what)
                .redirectErrorStream(true).redirectOutput(said.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("WAICKOFF_"));
        builder.environment().put("WAICKOFF", launcher().toString());
        builder.environment().put("TMPDIR", directory.toString());
        builder.environment().put("npm_config_fetch_retries", "1");
        builder.environment().put("npm_config_fetch_retry_mintimeout", "1000");
        if (!WANTED.equals("all")) {
            builder.environment().put("WAICKOFF_BRIEF", "1");
        }
        Process process = builder.start();
        boolean hasEnded = process.waitFor(minutes, TimeUnit.MINUTES);
        if (!hasEnded) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        exitCode = process.waitFor();
        output = Files.readString(said);
        return hasEnded;
    }

    private Path launcher() throws IOException {
        Path script = Files.writeString(directory.resolve("launcher"), LAUNCHER.formatted(
                ProcessHandle.current().info().command().orElseThrow(), ReplayedEngine.project(),
                absolute(System.getProperty("java.class.path")), McpCommand.class.getName(),
                Waickoff.class.getName()));
        return Files.setPosixFilePermissions(script,
                PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String absolute(String classPath) {
        return String.join(File.pathSeparator, Stream.of(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString()).toList());
    }
}
