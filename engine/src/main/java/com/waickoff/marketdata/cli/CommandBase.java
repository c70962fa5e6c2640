package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: their surroundings, and the options every one of them has. */
@Command(synopsisHeading = "%nUsage: ", descriptionHeading = "%n",
        parameterListHeading = "%nArguments:%n", optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n", footerHeading = "%nExamples:%n", sortOptions = false,
        usageHelpAutoWidth = false)
abstract class CommandBase implements Callable<Integer> {
    @Spec
    private CommandSpec spec;
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // the parser acts on it
    private boolean help;
    @Option(names = Complaints.DEBUG,
            description = "Show where in the program a failure comes from.")
    @SuppressWarnings("UnusedVariable") // asked for where failures are caught
    private boolean debug;

    private final Shell shell;

    CommandBase(Shell shell) {
        this.shell = shell;
    }

    /** Does what the command is for. */
    abstract ExitCode execute() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return execute().code();
    }

    Shell shell() {
        return shell;
    }

    CommandSpec spec() {
        return spec;
    }

    /** Prints a line of the answer. */
    void print(String line) {
        shell.out().println(line);
    }

    /** Colours for standard output. */
    Ink ink() {
        Terminal terminal = shell.outTerminal();
        return new Ink(terminal.interactive() ? terminal.colors() : Terminal.Colors.NONE);
    }

    /** A mistake on the command line. */
    CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE,
                message + "\n'" + spec.qualifiedName() + " --help' shows how.");
    }
}
