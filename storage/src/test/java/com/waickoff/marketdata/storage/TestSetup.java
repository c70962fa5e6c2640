package com.waickoff.marketdata.storage;

import com.waickoff.marketdata.cli.EngineFilesOptions;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;

/** What is configured, as the commands come to it. */
public final class TestSetup {
    private TestSetup() {}

    /** Data in a directory, all else as by default but for settings such as {@code redis.uri=none}. */
    public static EngineSetup in(Path directory, String... settings) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("--data-dir", directory.resolve("data").toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        EngineFilesOptions options = new EngineFilesOptions();
        CommandLine.populateCommand(options, arguments.toArray(String[]::new));
        return options.configured(Map.of(), directory, null);
    }

    /** The folder of the whole project. */
    public static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = Objects.requireNonNull(folder.getParent(), "no project around here");
        }
        return folder;
    }
}
