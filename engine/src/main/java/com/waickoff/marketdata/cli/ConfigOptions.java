package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.config.ConfigFile;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.terminal.Shown;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command is configured. */
final class ConfigOptions {
    private static final Path DEFAULT_FILE = Path.of("config", "waickoff.yaml");

    @Option(names = "--config", paramLabel = "FILE",
            description = "Configuration file. Default: config/waickoff.yaml of the installation.")
    private @Nullable Path file;
    @Option(names = "--set", paramLabel = "KEY=VALUE",
            description = "Sets a key of the configuration; may be repeated. Stronger than the"
                    + " environment (WAICKOFF_…), which is stronger than the file.")
    private @Nullable List<String> assignments;

    /**
     * What is configured, options of the command included.
     *
     * @param options what other options of the command set
     * @throws CommandException if an assignment is none
     */
    Configuration read(Shell shell, List<Configuration.Given> options) throws CommandException {
        List<Configuration.Given> given = new ArrayList<>();
        for (String assignment : assignments == null ? List.<String>of() : assignments) {
            int equals = assignment.indexOf('=');
            if (equals < 1) {
                throw new CommandException(ExitCode.USAGE, "--set " + Shown.plain(assignment)
                        + ": it takes key=value, such as --set rows.ticks=10");
            }
            given.add(new Configuration.Given(assignment.substring(0, equals).strip(),
                    assignment.substring(equals + 1).strip(), "--set"));
        }
        given.addAll(options);
        return new Configuration(file(shell), shell.env(), given);
    }

    private ConfigFile file(Shell shell) {
        if (file != null) {
            return ConfigFile.read(shell.resolve(file), Shown.plain(file.toString()));
        }
        Path installed = shell.base().resolve(DEFAULT_FILE);
        return Files.exists(installed) ? ConfigFile.read(installed, DEFAULT_FILE.toString())
                : ConfigFile.none();
    }
}
