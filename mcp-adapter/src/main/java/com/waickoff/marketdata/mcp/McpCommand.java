package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.cli.EngineFilesOptions;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.cli.EngineFilesOptions.WrongOptionsException;
import com.waickoff.marketdata.mcp.HttpSetup.WrongSettingsException;
import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.conformance.ConformanceService;
import com.waickoff.marketdata.mcp.http.HttpSettings;
import com.waickoff.marketdata.mcp.serve.Incidents;
import com.waickoff.marketdata.mcp.serve.MarketServer;
import com.waickoff.marketdata.mcp.serve.MarketService;
import com.waickoff.marketdata.mcp.serve.Service;
import com.waickoff.marketdata.mcp.serve.ToolCalls;
import com.waickoff.marketdata.mcp.stdio.StdioLane;
import com.waickoff.marketdata.mcp.subscribe.Fanout;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code waickoff mcp}: a program of its own, which an agent's host starts and ends. */
@Command(name = "waickoff mcp", synopsisHeading = "%nUsage: ", descriptionHeading = "%n",
        optionListHeading = "%nOptions:%n", footerHeading = "%nExamples:%n", sortOptions = false,
        customSynopsis = "waickoff mcp [OPTIONS]",
        description = {"Answers an agent's questions about the market over MCP, on standard input"
                + " and output until the input ends, or over HTTP.",
                "It only reads the files of an engine, which may be started, stopped or restarted"
                        + " meanwhile."},
        footer = {"  waickoff mcp", "  waickoff mcp --data-dir /var/lib/waickoff",
                "  waickoff mcp --http --port 8321", "  waickoff mcp --print-config"})
public final class McpCommand implements Callable<Integer> {
    private static final int MAX_LINE_BYTES = 256 * 1024;
    private static final int BUFFER_BYTES = 1 << 14;
    /** As all commands: a mistake on the command line. */
    private static final int USAGE = 2;
    private static final int IO_ERROR = 74;
    private static final int CONFIG = 78;
    /** Well below what clients wait. */
    private static final Duration HISTORY_DEADLINE = Duration.ofSeconds(5);
    private static final long SIGN_OF_LIFE_NS = TimeUnit.SECONDS.toNanos(15);

    private final InputStream in;
    private final OutputStream out;
    private final PrintWriter err;
    private final Surroundings surroundings;

    @Option(names = "--http",
            description = "Answers over HTTP at /mcp instead, until it is stopped.")
    private boolean http;
    @Option(names = "--port", paramLabel = "N",
            description = "With --http: the port; 0 for any that is free. Default: mcp.port.")
    private @Nullable Integer port;
    @Option(names = "--host", paramLabel = "H",
            description = "With --http: where to listen. Default: mcp.host, which is 127.0.0.1.")
    private @Nullable String host;
    @Option(names = "--profile", paramLabel = "P", defaultValue = "market",
            description = "What is served: market, or conformance, which is what the official"
                    + " conformance suite tests and of no other use. Default: market.")
    private Profile profile = Profile.MARKET;
    @Option(names = "--print-config",
            description = "Prints what to put where, so that the common clients know this server;"
                    + " with --http as one that runs, else as one that they start.")
    private boolean printConfig;
    @Option(names = "--end-with-stdin",
            description = "With --http: stops when its standard input ends, so that it does not"
                    + " outlive the program that started it.")
    private boolean endWithStdin;
    @Mixin
    private EngineFilesOptions files = new EngineFilesOptions();
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // the parser acts on it
    private boolean help;

    /**
     * What the program finds around itself.
     *
     * @param env the environment
     * @param directory where relative paths of the command line begin
     * @param home the installation; null if there is none
     * @param launcher the program that people start
     * @param epochMs the time, in ms since the epoch
     * @param historyDeadline of each question to the stored history
     */
    record Surroundings(Map<String, String> env, Path directory, @Nullable Path home,
            String launcher, LongSupplier epochMs, Duration historyDeadline) {
        Surroundings(Map<String, String> env, Path directory, @Nullable Path home,
                LongSupplier epochMs) {
            this(env, directory, home, "waickoff", epochMs, HISTORY_DEADLINE);
        }
    }

    /** What is served. */
    private enum Profile {
        /** The engine's numbers. */
        MARKET,
        /** What the conformance suite tests. */
        CONFORMANCE
    }

    private McpCommand(InputStream in, OutputStream out, PrintWriter err,
            Surroundings surroundings) {
        this.in = in;
        this.out = out;
        this.err = err;
        this.surroundings = surroundings;
    }

    /** Serves until standard input ends, and ends the process. */
    public static void main(String[] args) {
        String homeProperty = System.getProperty("waickoff.home");
        Path home = homeProperty == null ? null
                : Path.of(homeProperty).toAbsolutePath().normalize();
        useLogging(home);
        var out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true,
                StandardCharsets.UTF_8);
        // Standard output carries the protocol. What a library prints there would break it.
        System.setOut(err);
        System.exit(run(args, System.in, out, err, new Surroundings(System.getenv(),
                Path.of("").toAbsolutePath(), home,
                System.getProperty("waickoff.launcher", "waickoff"),
                System::currentTimeMillis, HISTORY_DEADLINE)));
    }

    /**
     * Serves until the input ends.
     *
     * @return the exit code
     */
    static int run(String[] args, InputStream in, OutputStream out, PrintStream err,
            Surroundings surroundings) {
        PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
        CommandLine command = new CommandLine(
                new McpCommand(in, out, errors, surroundings));
        command.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        command.setErr(errors);
        command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        command.setParameterExceptionHandler((mistake, given) -> {
            errors.println("waickoff: mcp: " + String.valueOf(mistake.getMessage())
                    .replaceFirst("^Error: ", "") + "\n'waickoff mcp --help' shows how.");
            return USAGE;
        });
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setOverwrittenOptionsAllowed(false);
        command.setExpandAtFiles(false);
        return command.execute(args);
    }

    @Override
    public Integer call() {
        try {
            EngineSetup setup = files.configured(surroundings.env(), surroundings.directory(),
                    surroundings.home());
            if (printConfig) {
                return printConfig(setup);
            }
            return http ? serveHttp(setup) : serveStdio(setup);
        } catch (WrongOptionsException wrong) {
            err.println("waickoff: " + wrong.getMessage());
            return wrong.exitCode();
        } catch (WrongSettingsException wrong) {
            err.println("waickoff: mcp: " + wrong.getMessage());
            return CONFIG;
        }
    }

    private int printConfig(EngineSetup setup) throws WrongSettingsException {
        ClientSnippets snippets;
        if (http) {
            HttpSettings settings = HttpRun.settings(setup, host, port);
            snippets = ClientSnippets.http((settings.publicUrl().isEmpty()
                    ? "http://" + settings.host() + ':' + settings.port() : settings.publicUrl())
                    + "/mcp", settings.tokens() != null);
        } else {
            snippets = ClientSnippets.stdio(surroundings.launcher(), List.of("mcp", "--data-dir",
                    setup.engine().dataDir().toString()));
        }
        PrintWriter words = new PrintWriter(out, false, StandardCharsets.UTF_8);
        words.println(snippets.text());
        words.flush();
        return 0;
    }

    private int serveStdio(EngineSetup setup) {
        if (port != null || host != null) {
            err.println("waickoff: mcp: --port and --host are for --http");
            return USAGE;
        }
        try (MarketSources sources = sources(setup); Service service = service(sources)) {
            new StdioLane(service, in, out, MAX_LINE_BYTES).run();
        }
        return 0;
    }

    private int serveHttp(EngineSetup setup) throws WrongSettingsException {
        HttpRun run = new HttpRun(setup, host, port, err);
        try (MarketSources sources = sources(setup); Service service = service(sources)) {
            run.serve(sources, service, endWithStdin ? in : null);
            return 0;
        } catch (IOException e) {
            err.println("waickoff: mcp: cannot listen: " + e.getMessage());
            return IO_ERROR;
        }
    }

    private MarketSources sources(EngineSetup setup) {
        return MarketSources.open(setup, surroundings.epochMs(), System::nanoTime,
                surroundings.historyDeadline());
    }

    private Service service(MarketSources sources) {
        Incidents incidents = new Incidents(surroundings.epochMs().getAsLong());
        McpJsonMapper mapper = MarketServer.mapper();
        if (profile == Profile.CONFORMANCE) {
            err.println("note: this serves the fixtures of the conformance suite, and no market");
            return new ConformanceService(mapper, incidents, SIGN_OF_LIFE_NS);
        }
        AnswerWriter writer = MarketServer.writer();
        Catalogue catalogue = sources.catalogue(writer);
        Fanout fanout = new Fanout(MarketService.watchable(catalogue), Fanout.Settings.DEFAULT,
                System::nanoTime);
        return new MarketService(catalogue, new ToolCalls(writer, incidents), mapper, incidents,
                fanout, version(), SIGN_OF_LIFE_NS);
    }

    private static String version() {
        String version = McpCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** Before the first library logs: afterwards it would be too late. */
    private static void useLogging(@Nullable Path home) {
        String property = "logback.configurationFile";
        if (home != null && System.getProperty(property) == null) {
            Path file = home.resolve("config").resolve("logback.xml");
            if (Files.isReadable(file)) {
                System.setProperty(property, file.toString());
            }
        }
    }
}
