package com.waickoff.marketdata.mcp;

import com.waickoff.marketdata.cli.EngineFilesOptions;
import com.waickoff.marketdata.cli.EngineFilesOptions.EngineFiles;
import com.waickoff.marketdata.cli.EngineFilesOptions.WrongOptionsException;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.serve.Incidents;
import com.waickoff.marketdata.mcp.serve.MarketServer;
import com.waickoff.marketdata.mcp.serve.ToolCalls;
import com.waickoff.marketdata.mcp.stdio.StdioLane;
import com.waickoff.marketdata.mcp.tool.Tool;
import io.modelcontextprotocol.json.McpJsonMapper;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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
                + " and output, until the input ends.",
                "It only reads the files of an engine, which may be started, stopped or restarted"
                        + " meanwhile."},
        footer = {"  waickoff mcp", "  waickoff mcp --data-dir /var/lib/waickoff"})
public final class McpCommand implements Callable<Integer> {
    private static final int MAX_LINE_BYTES = 256 * 1024;
    private static final int BUFFER_BYTES = 1 << 14;
    /** As all commands: a mistake on the command line. */
    private static final int USAGE = 2;

    private final InputStream in;
    private final OutputStream out;
    private final PrintWriter err;
    private final Surroundings surroundings;

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
     * @param epochMs the time, in ms since the epoch
     */
    record Surroundings(Map<String, String> env, Path directory, @Nullable Path home,
            LongSupplier epochMs) {}

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
                Path.of("").toAbsolutePath(), home, System::currentTimeMillis)));
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
        command.setOverwrittenOptionsAllowed(false);
        command.setExpandAtFiles(false);
        return command.execute(args);
    }

    @Override
    public Integer call() {
        EngineFiles located;
        try {
            located = files.locate(surroundings.env(), surroundings.directory(),
                    surroundings.home());
        } catch (WrongOptionsException wrong) {
            err.println("waickoff: " + wrong.getMessage());
            return wrong.exitCode();
        }
        serve(located);
        return 0;
    }

    private void serve(EngineFiles located) {
        Incidents incidents = new Incidents(surroundings.epochMs().getAsLong());
        McpJsonMapper mapper = MarketServer.mapper();
        try (EngineDoor engine = new EngineDoor(located.snapshot(), located.status(),
                surroundings.epochMs())) {
            Catalogue catalogue = MarketServer.catalogue(engine);
            StdioLane lane = new StdioLane(mapper, in, out, MAX_LINE_BYTES,
                    catalogue.tools().stream().map(Tool::name).collect(Collectors.toSet()),
                    words -> incidents.record("protocol", words));
            MarketServer.serve(lane, mapper, catalogue,
                    new ToolCalls(MarketServer.writer(mapper), incidents), version());
            lane.run();
        }
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
