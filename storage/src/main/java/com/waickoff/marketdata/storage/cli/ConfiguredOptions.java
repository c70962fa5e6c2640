package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.cli.EngineFilesOptions;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.cli.EngineFilesOptions.WrongOptionsException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options that each command of storage ends with: what is configured, and help. A mixin of picocli. */
final class ConfiguredOptions {
    @Mixin
    private EngineFilesOptions files = new EngineFilesOptions();
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // the parser acts on it
    private boolean help;

    /** What is configured around here. */
    EngineSetup read(Surroundings surroundings) throws WrongOptionsException {
        return files.configured(surroundings.env(), surroundings.directory(),
                surroundings.home());
    }
}
