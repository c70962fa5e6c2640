package com.waickoff.marketdata.storage.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** The program behind {@code waickoff drain}. */
public final class DrainProgram {
    /** As all commands: a mistake on the command line. */
    private static final int USAGE = 2;

    private DrainProgram() {}

    /** Runs the command, and ends the process with its exit code. */
    public static void main(String[] args) {
        String homeProperty = System.getProperty("waickoff.home");
        Path home = homeProperty == null ? null
                : Path.of(homeProperty).toAbsolutePath().normalize();
        useLogging(home);
        System.exit(run(args, new Surroundings(System.in, writer(FileDescriptor.out),
                writer(FileDescriptor.err), System.getenv(), Path.of("").toAbsolutePath(), home,
                System::currentTimeMillis)));
    }

    /**
     * Runs the command.
     *
     * @return the exit code
     */
    static int run(String[] args, Surroundings surroundings) {
        CommandLine command = new CommandLine(new DrainCommand(surroundings));
        command.addSubcommand("status", new DrainStatusCommand(surroundings));
        command.addSubcommand("retention", new RetentionCommand(surroundings));
        command.setOut(surroundings.out());
        command.setErr(surroundings.err());
        command.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        command.setParameterExceptionHandler((mistake, given) -> {
            surroundings.err().println("waickoff: drain: " + String.valueOf(mistake.getMessage())
                    .replaceFirst("^Error: ", "") + "\n'waickoff drain --help' shows how.");
            surroundings.err().flush();
            return USAGE;
        });
        command.setOverwrittenOptionsAllowed(false);
        command.setExpandAtFiles(false);
        int exitCode = command.execute(args);
        surroundings.out().flush();
        return exitCode;
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
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
