package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.Terminal;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** The program: {@code waickoff COMMAND …}. */
public final class Waickoff {
    private static final int BUFFER_BYTES = 1 << 14;
    private static final int HELP_COLUMNS_MAX = 100;
    /** How long a command that is interrupted may take to come to its end, on a slow disk, too. */
    private static final long END_TIMEOUT_MS = 50_000;

    @Command(name = "waickoff",
            description = "Market data from public feeds: volume profile, order flow and depth.",
            footer = {
                    "  waickoff demo",
                    "  waickoff run --set feeds.bybit-linear.instruments=BTCUSDT",
                    "  waickoff profile bybit-linear:BTCUSDT --timeframe 1h",
                    "  waickoff COMMAND --help"})
    private static final class Commands extends CommandBase {
        Commands(Shell shell) {
            super(shell);
        }

        @Override
        ExitCode execute() throws CommandException {
            throw new CommandException(ExitCode.USAGE,
                    "which command? 'waickoff --help' lists them.");
        }
    }

    private Waickoff() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        Map<String, String> env = System.getenv();
        Path home = homeOf(System.getProperty("waickoff.home"));
        useLogging(home);
        Shell shell = new Shell(standardStream(FileDescriptor.out, "stdout.encoding"),
                standardStream(FileDescriptor.err, "stderr.encoding"),
                Terminal.ofStandardStream(1, env, charset("stdout.encoding")),
                Terminal.ofStandardStream(2, env, charset("stderr.encoding")), env,
                Path.of("").toAbsolutePath(), home, System::currentTimeMillis, System::nanoTime,
                new Interruption(true));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(
                new Thread(() -> interrupt(shell, ended), "interruption"));
        int exitCode = ExitCode.SOFTWARE.code();
        try {
            exitCode = run(args, shell);
        } finally {
            ended.countDown();
            System.exit(exitCode);
        }
    }

    /**
     * Runs a command in these surroundings, connected to no terminal.
     *
     * @param home the installation; null if there is none
     * @return its exit code
     */
    public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> env,
            Path directory, @Nullable Path home) {
        return run(args, new Shell(out, err, Terminal.none(env, out.charset()),
                Terminal.none(env, err.charset()), env, directory, home, System::currentTimeMillis,
                System::nanoTime, new Interruption()));
    }

    static int run(String[] args, Shell shell) {
        CommandLine commands = commands(shell);
        Complaints complaints = new Complaints(shell);
        commands.setParameterExceptionHandler(complaints::onUsage);
        commands.setExecutionExceptionHandler(
                (failure, commandLine, parsed) -> complaints.onFailure(failure, parsed));
        int exitCode = commands.execute(args);
        shell.out().flush();
        shell.err().flush();
        return exitCode;
    }

    private static CommandLine commands(Shell shell) {
        CommandLine commands = new CommandLine(new Commands(shell));
        commands.addSubcommand(new DemoCommand(shell));
        commands.addSubcommand(new RunCommand(shell));
        commands.addSubcommand(new RecordCommand(shell));
        commands.addSubcommand(new HealthCommand(shell));
        commands.addSubcommand(new ReplayCommand(shell));
        commands.addSubcommand(new ProfileCommand(shell));
        commands.addSubcommand(new FlowCommand(shell));
        commands.addSubcommand(new StatCommand(shell));
        commands.addSubcommand(new CommandLine(new JournalCommand(shell))
                .addSubcommand(new JournalListCommand(shell))
                .addSubcommand(new JournalVerifyCommand(shell))
                .addSubcommand(new JournalDumpCommand(shell))
                .addSubcommand(new JournalSealCommand(shell))
                .addSubcommand(new JournalPruneCommand(shell))
                .addSubcommand(new JournalSalvageCommand(shell)));
        commands.addSubcommand(new CheckConfigCommand(shell));
        commands.addSubcommand(new VersionCommand(shell));
        commands.addSubcommand(new OtherPrograms.SimulateCommand(shell));
        commands.addSubcommand(new OtherPrograms.McpCommand(shell));
        commands.addSubcommand(new OtherPrograms.DrainCommand(shell));
        Terminal terminal = shell.outTerminal();
        boolean colored = terminal.interactive() && terminal.colors() != Terminal.Colors.NONE;
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(colored ? Ansi.ON : Ansi.OFF));
        commands.setUsageHelpWidth(Math.clamp(terminal.columns(), Terminal.DEFAULT_COLUMNS,
                HELP_COLUMNS_MAX));
        commands.setUsageHelpLongOptionsMaxWidth(Terminal.DEFAULT_COLUMNS / 2);
        commands.setOut(new PrintWriter(shell.out(), true, shell.out().charset()));
        commands.setErr(new PrintWriter(shell.err(), true, shell.err().charset()));
        commands.setAbbreviatedOptionsAllowed(false);
        commands.setOverwrittenOptionsAllowed(false);
        commands.setExpandAtFiles(false);
        return commands;
    }

    /** Asks the running command to end, and lets it print what it has before the JVM goes. */
    private static void interrupt(Shell shell, CountDownLatch ended) {
        shell.interruption().request();
        if (!shell.interruption().isHeeded()) {
            return;
        }
        try {
            ended.await(END_TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException nobodyDoesThat) {
            Thread.currentThread().interrupt();
        }
    }

    private static @Nullable Path homeOf(@Nullable String property) {
        return property == null ? null : Path.of(property).toAbsolutePath().normalize();
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

    private static PrintStream standardStream(FileDescriptor descriptor, String encoding) {
        return new PrintStream(new BufferedOutputStream(new FileOutputStream(descriptor),
                BUFFER_BYTES), false, charset(encoding));
    }

    private static Charset charset(String property) {
        String name = System.getProperty(property, "");
        return Charset.isSupported(name.isEmpty() ? "UTF-8" : name)
                ? Charset.forName(name.isEmpty() ? "UTF-8" : name) : Charset.defaultCharset();
    }
}
