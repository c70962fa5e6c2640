package com.waickoff.marketdata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Does what the launcher does, with the classes under test, which are in no jar yet; and writes down
 * which processes it became.
 */
final class TestLauncher {
    private static final String SCRIPT = """
            #!/bin/sh
            echo $$ >> '%1$s'
            case $1 in
                %2$s) %3$s ;;
                simulate) shift; main=com.waickoff.venue.ServeVenue; process=tools ;;
                drain) %7$s ;;
                run) main=com.waickoff.marketdata.cli.Waickoff; process=engine ;;
                *) exit 2 ;;
            esac
            exec '%4$s' '@%5$s/config/jvm/common.options' "@%5$s/config/jvm/$process.options" \\
                -XX:-AlwaysPreTouch -cp '%6$s' $main "$@"
            """;

    /** As far as a demo sees a drain, which is a program of another module. */
    static final String DRAIN = """
            while [ "$1" != --data-dir ]; do shift; done
            mkdir -p "$2/drain"
            printf '%s\\n' format=1 pid=$$ lane.mongo.state=following lane.mongo.lag_ms=0 \\
                lane.mongo.written.trade.processed=4711 lane.mongo.written.window.closed=1 \\
                lane.redis.state=retrying lane.redis.lag_ms=2500 lane.redis.lag_events=12 \\
                lane.redis.effects=81 > "$2/drain/status.properties"
            exec cat > /dev/null""";

    private final Path script;
    private final Path pids;

    private TestLauncher(Path script, Path pids) {
        this.script = script;
        this.pids = pids;
    }

    /** A launcher of all commands that a demo starts. */
    static TestLauncher in(Path directory) throws IOException {
        return in(directory, "nothing", "exit 2");
    }

    /** A launcher that does something else for one command. */
    static TestLauncher in(Path directory, String command, String instead) throws IOException {
        Path script = directory.resolve("launcher");
        Path pids = directory.resolve("pids");
        Files.writeString(script, SCRIPT.formatted(pids, command, instead,
                ProcessHandle.current().info().command().orElseThrow(), CommandRun.project(),
                System.getProperty("java.class.path"), DRAIN));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new TestLauncher(script, pids);
    }

    Path script() {
        return script;
    }

    /** How many processes were started. */
    int started() throws IOException {
        return Files.exists(pids) ? Files.readAllLines(pids).size() : 0;
    }

    /** Those of them that still run. */
    List<Long> running() throws IOException {
        return Files.readAllLines(pids).stream().map(Long::valueOf)
                .filter(pid -> ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .toList();
    }
}
