package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.config.Settings;
import com.waickoff.marketdata.config.WrongConfigurationException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the files of an engine are that a command looks at. */
final class DataDirOptions {
    @Option(names = {"--data", "--data-dir"}, paramLabel = "DIR",
            description = "Where the engine keeps its files. Default: data.dir of the"
                    + " configuration.")
    private @Nullable Path dataDir;
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    /** The directory that was named, or null. */
    @Nullable
    Path named() {
        return dataDir;
    }

    /** The options of the configuration. */
    ConfigOptions config() {
        return config;
    }

    /**
     * The engine whose files these are.
     *
     * @throws CommandException if the configuration is wrong
     */
    EngineConfig engine(Shell shell) throws CommandException, WrongConfigurationException {
        return EngineSettings.of(configuration(shell), shell.base(),
                Runtime.getRuntime().availableProcessors());
    }

    /**
     * What is configured, the named directory included.
     *
     * @throws CommandException if an assignment is none
     */
    Configuration configuration(Shell shell) throws CommandException {
        return config.read(shell, dataDir == null ? List.of()
                : List.of(new Configuration.Given(Settings.DATA_DIR.key(),
                        shell.resolve(dataDir).toString(), "--data")));
    }
}
