package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.drawing.StoragePane;
import com.waickoff.marketdata.status.DrainStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The storage of a demo: a drain that hosts both stores, beside the engine. The market is shown
 * whether it works or not; where it does not, its line says so.
 *
 * <p>Threads: one.
 */
final class DemoStorage implements AutoCloseable {
    private static final int HOSTS_NO_REDIS = 69;

    private final String launcher;
    private final DemoHome home;
    private final Path config;
    private @Nullable ChildProgram drain;
    private String remark = "";

    /**
     * Nothing is started yet.
     *
     * @param config that of the engine
     */
    DemoStorage(String launcher, DemoHome home, Path config) {
        this.launcher = launcher;
        this.home = home;
        this.config = config;
    }

    /** Sees to it that the drain runs, or that it is known why it does not. */
    void tend() throws IOException, CommandException {
        ChildProgram started = drain;
        if (started == null && remark.isEmpty()) {
            drain = start("embedded");
        } else if (started != null && !started.isAlive()) {
            boolean lacksRedis = started.exitCode() == HOSTS_NO_REDIS && remark.isEmpty();
            remark = lacksRedis ? "no Redis here"
                    : "the drain ended with exit code " + started.exitCode() + ", see drain.log";
            drain = lacksRedis ? start("none") : null;
        }
    }

    private ChildProgram start(String redis) throws CommandException {
        Path log = home.file("drain.log");
        return ChildProgram.start("drain", List.of(launcher, "drain", "--config",
                config.toString(), "--data-dir", home.data().toString(), "--end-with-stdin",
                "--set", "redis.uri=" + redis), home.file(""), log, log);
    }

    /** What is stored by now, in a line. */
    String line(StoragePane pane) {
        List<String> remarks = remark.isEmpty() ? List.of() : List.of(remark);
        ChildProgram started = drain;
        if (started == null) {
            return pane.line(null, remarks);
        }
        try {
            DrainStatus status = DrainStatus.read(home.data().resolve("drain"));
            if (status.number("pid") == started.pid()) {
                return pane.line(status, remarks);
            }
        } catch (IOException notYet) {
            // It says how it is doing once it has opened its stores.
        }
        List<String> starting = new ArrayList<>(remarks);
        starting.add("a drain is starting");
        return pane.line(null, starting);
    }

    /** Ends the drain, and with it the stores. */
    @Override
    public void close() throws IOException {
        if (drain != null) {
            drain.close();
        }
    }
}
