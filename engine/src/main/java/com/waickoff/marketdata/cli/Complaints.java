package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.config.WrongConfigurationException;
import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.memory.UnusableFileException;
import com.waickoff.marketdata.report.NothingToShowException;
import com.waickoff.marketdata.terminal.IoReasons;
import com.waickoff.marketdata.terminal.Shown;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Says to people what went wrong: what, where, what to do. Traces only where they are asked for.
 *
 * <p>Threads: the command's own.
 */
final class Complaints {
    /** The option that shows traces. */
    static final String DEBUG = "--debug";

    private static final int MAX_CAUSES = 10;

    private final Shell shell;

    Complaints(Shell shell) {
        this.shell = shell;
    }

    /** A command line that cannot be understood. */
    int onUsage(ParameterException mistake, String[] args) {
        CommandSpec spec = mistake.getCommandLine().getCommandSpec();
        String text = mistake instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched, spec) : usageText(mistake);
        complain(text + "\n'" + spec.qualifiedName() + " --help' shows how.");
        trace(List.of(args).contains(DEBUG), mistake);
        return ExitCode.USAGE.code();
    }

    /** A command that failed. */
    int onFailure(Exception failure, ParseResult parsed) {
        boolean debug = isDebug(parsed);
        int exitCode;
        if (failure instanceof CommandException known) {
            complain(known.text());
            exitCode = known.exitCode();
        } else if (failure instanceof WrongConfigurationException wrong) {
            complain(String.valueOf(wrong.getMessage()));
            exitCode = ExitCode.CONFIG.code();
        } else if (failure instanceof NothingToShowException nothing) {
            complain(String.valueOf(nothing.getMessage()));
            exitCode = (nothing.isBusy() ? ExitCode.IN_USE : ExitCode.FINDING).code();
        } else if (failure instanceof UnusableFileException unusable) {
            complain(String.valueOf(unusable.getMessage()));
            exitCode = exitCodeOf(unusable).code();
        } else if (failure instanceof IOException io) {
            String file = io instanceof FileSystemException e && e.getFile() != null
                    ? e.getFile() + ": " : "";
            complain(file + IoReasons.of(io));
            exitCode = ExitCode.IO_ERROR.code();
        } else {
            complain("a fault of this program (" + failure.getClass().getSimpleName() + "); "
                    + (debug ? "please report what follows"
                            : "the same command with --debug shows where, please report it"));
            exitCode = ExitCode.SOFTWARE.code();
        }
        trace(debug, failure);
        return exitCode;
    }

    /** What a file that cannot be used comes to. */
    static ExitCode exitCodeOf(UnusableFileException unusable) {
        return switch (unusable.problem()) {
            case ABSENT -> ExitCode.NO_INPUT;
            case FOREIGN, OTHER_VERSION, TRUNCATED, DAMAGED -> ExitCode.BAD_DATA;
            case ENGINE_NOT_RUNNING -> ExitCode.FINDING;
        };
    }

    private void complain(String text) {
        shell.err().println("waickoff: " + Shown.plain(text));
    }

    private void trace(boolean debug, Exception failure) {
        Throwable cause = debug ? failure : null;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            shell.err().println((depth == 0 ? "" : "caused by ") + Shown.plain(cause.toString()));
            for (StackTraceElement element : cause.getStackTrace()) {
                shell.err().println("    at " + element);
            }
            cause = cause.getCause();
        }
    }

    private static boolean isDebug(ParseResult parsed) {
        for (ParseResult result = parsed; result != null; result = result.hasSubcommand()
                ? result.subcommand() : null) {
            if (result.hasMatchedOption(DEBUG)) {
                return true;
            }
        }
        return false;
    }

    private static String unknown(UnmatchedArgumentException unmatched, CommandSpec spec) {
        String argument = unmatched.getUnmatched().getFirst();
        List<String> words = new ArrayList<>();
        String what = "option";
        if (argument.startsWith("-")) {
            spec.options().forEach(option -> words.addAll(List.of(option.names())));
        } else if (!spec.subcommands().isEmpty()) {
            what = "command";
            words.addAll(commandNames(spec));
        } else {
            what = "argument";
        }
        int equals = argument.indexOf('=');
        String name = equals > 0 && argument.startsWith("-") ? argument.substring(0, equals)
                : argument;
        return (spec.parent() == null ? "" : spec.qualifiedName().substring(
                spec.root().name().length() + 1) + ": ")
                + "unknown " + what + " '" + name + "'" + Nearest.hint(name, words);
    }

    private static List<String> commandNames(CommandSpec spec) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, CommandLine> command : spec.subcommands().entrySet()) {
            if (!command.getValue().getCommandSpec().usageMessage().hidden()) {
                names.add(command.getKey());
            }
        }
        return names;
    }

    /** The parser's own sentence, with our words where it would name Java types. */
    private static String usageText(ParameterException mistake) {
        CommandSpec spec = mistake.getCommandLine().getCommandSpec();
        String text = String.valueOf(mistake.getMessage()).replaceFirst("^Error: ", "");
        if (mistake instanceof MissingParameterException missing && !missing.getMissing().isEmpty()
                && missing.getMissing().getFirst().isPositional()) {
            text = "missing " + missing.getMissing().getFirst().paramLabel();
        } else if (mistake.getArgSpec() != null && mistake.getValue() != null
                && text.startsWith("Invalid value")) {
            int reason = text.indexOf("': ");
            text = text.contains("expected one of") || reason < 0 ? text
                    : "'" + mistake.getValue() + "' is no value for "
                            + nameOf(mistake.getArgSpec()) + ": " + text.substring(
                                    text.lastIndexOf("': ") + "': ".length())
                                    .replaceFirst("'.*' is not an? (int|long)",
                                            "it takes a whole number");
        }
        return (spec.parent() == null ? "" : spec.qualifiedName().substring(
                spec.root().name().length() + 1) + ": ")
                + Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }

    private static String nameOf(CommandLine.Model.ArgSpec argument) {
        return argument instanceof CommandLine.Model.OptionSpec option ? option.longestName()
                : argument.paramLabel();
    }
}
