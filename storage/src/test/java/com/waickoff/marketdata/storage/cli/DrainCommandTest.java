package com.waickoff.marketdata.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainCommandTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldSayAllThatIsWrongAndStartNothing() {
        int exitCode = run("--set", "mongo.uri=http://user:hunter2@host", "--set",
                "redis.uri=redis://host/x", "--set", "drain.batch-effects=0");

        assertThat(exitCode).isEqualTo(78);
        assertThat(err.toString()).contains("mongo.uri", "redis.uri", "drain.batch-effects is 0")
                .doesNotContain("hunter2");
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void shouldRefuseToDrainIntoNothing() {
        assertThat(run("--set", "mongo.uri=none", "--set", "redis.uri=none")).isEqualTo(78);
        assertThat(err.toString()).contains("there is nothing to drain into");
    }

    @Test
    void shouldRefuseToRebuildFromAJournalThatIsNotThere() {
        assertThat(run("--rebuild")).isEqualTo(65);
    }

    @Test
    void shouldSayThatNoDrainHasRun() {
        assertThat(run("status")).isEqualTo(66);
        assertThat(err.toString()).contains("no drain has run");
    }

    @Test
    void shouldShowItsHelp() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: waickoff drain", "--until-caught-up",
                "status");
        assertThat(run("--until-cought-up")).isEqualTo(2);
    }

    private int run(String... arguments) {
        String[] all = arguments;
        if (!arguments[0].equals("--help") && !arguments[0].equals("--until-cought-up")) {
            all = new String[arguments.length + 2];
            System.arraycopy(arguments, 0, all, 0, arguments.length);
            all[arguments.length] = "--data";
            all[arguments.length + 1] = directory.resolve("data").toString();
        }
        return DrainProgram.run(all, new Surroundings(InputStream.nullInputStream(),
                new PrintWriter(out, true), new PrintWriter(err, true), Map.of(), directory,
                null, () -> 1_767_700_800_000L));
    }
}
