package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.config.McpSettings;
import com.waickoff.marketdata.config.Setting;
import com.waickoff.marketdata.config.Settings;
import com.waickoff.marketdata.config.StorageSettings;
import com.waickoff.marketdata.config.WrongConfigurationException;
import com.waickoff.marketdata.terminal.Terminal;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The options by which a program beside the engine finds the engine's files: a mixin of picocli.
 *
 * <p>Such a program is configured as the engine's own commands are, and reads the same file.
 */
public final class EngineFilesOptions {
    private static final List<Setting> HEEDED_BY_STORAGE = Stream.concat(
            StorageSettings.ALL.stream(), Stream.of(Settings.JOURNAL_KEEP_BOOKS_MB,
                    Settings.JOURNAL_RESUME_BOOKS_MB))
            .toList();

    @Option(names = {"--data-dir", "--data"}, paramLabel = "DIR",
            description = "Where the engine keeps its files. Default: data.dir of the"
                    + " configuration.")
    private @Nullable Path dataDir;
    @Mixin
    private ConfigOptions config = new ConfigOptions();

    /**
     * Files that the engine writes and others read.
     *
     * @param snapshot what the engine knows now
     * @param status how the engine is doing
     */
    public record EngineFiles(Path snapshot, Path status) {}

    /**
     * An engine and what is beside it, as configured.
     *
     * @param storage what {@code drain.*}, {@code mongo.*}, {@code redis.*}, {@code retention.*} and
     *     of {@code journal.*} what retention heeds are set to, each key with a value that is
     *     allowed
     * @param mcp what {@code mcp.*} is set to, likewise
     * @param base where relative paths of the configuration begin
     * @param remarks what a person should know about the configuration
     */
    public record EngineSetup(EngineConfig engine, Map<String, String> storage,
            Map<String, String> mcp, Path base, List<String> remarks) {
        /** The maps and the list are copied. */
        public EngineSetup {
            storage = Map.copyOf(storage);
            mcp = Map.copyOf(mcp);
            remarks = List.copyOf(remarks);
        }

        /** Without values: some are secret. */
        @Override
        public String toString() {
            return "EngineSetup[" + engine.dataDir() + ']';
        }
    }

    /** The options come to nothing that can be used; the message says all that is wrong. */
    public static final class WrongOptionsException extends Exception {
        private static final long serialVersionUID = 1;

        private final int exitCode;

        WrongOptionsException(Exception cause, int exitCode) {
            super(cause.getMessage(), cause);
            this.exitCode = exitCode;
        }

        /** What the process is to end with. */
        public int exitCode() {
            return exitCode;
        }
    }

    /**
     * Where the files are, whether they exist or not.
     *
     * @param env the environment
     * @param directory where relative paths of the command line begin
     * @param home the installation; null if there is none
     */
    public EngineFiles locate(Map<String, String> env, Path directory, @Nullable Path home)
            throws WrongOptionsException {
        EngineConfig engine = configured(env, directory, home).engine();
        return new EngineFiles(engine.snapshotFile(), engine.statusFile());
    }

    /**
     * What is configured, of the engine and of what is beside it.
     *
     * @param env the environment
     * @param directory where relative paths of the command line begin
     * @param home the installation; null if there is none
     */
    public EngineSetup configured(Map<String, String> env, Path directory, @Nullable Path home)
            throws WrongOptionsException {
        var nowhere = new PrintStream(PrintStream.nullOutputStream(), false,
                StandardCharsets.UTF_8);
        Terminal none = Terminal.none(env, StandardCharsets.UTF_8);
        Shell shell = new Shell(nowhere, nowhere, none, none, env, directory, home, () -> 0,
                () -> 0, new Interruption());
        List<Configuration.Given> given = dataDir == null ? List.of()
                : List.of(new Configuration.Given(Settings.DATA_DIR.key(),
                        shell.resolve(dataDir).toString(), "--data-dir"));
        try {
            Configuration read = config.read(shell, given);
            EngineConfig engine = EngineSettings.of(read, shell.base(), 1);
            return new EngineSetup(engine, texts(read, HEEDED_BY_STORAGE),
                    texts(read, McpSettings.ALL), shell.base(), read.remarks());
        } catch (CommandException refused) {
            throw new WrongOptionsException(refused, refused.exitCode());
        } catch (WrongConfigurationException wrong) {
            throw new WrongOptionsException(wrong, ExitCode.CONFIG.code());
        }
    }

    private static Map<String, String> texts(Configuration read, List<Setting> settings) {
        return settings.stream()
                .collect(Collectors.toMap(Setting::key, setting -> read.get(setting).text()));
    }
}
