package com.waickoff.marketdata.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Unmatched;

/**
 * A command that is a program of its own, which the launcher starts: here it stands in the list of
 * all commands only.
 */
abstract class SiblingCommand extends CommandBase {
    @Unmatched
    @SuppressWarnings("UnusedVariable") // whatever it is given is the other program's
    private List<String> arguments = new ArrayList<>();

    SiblingCommand(Shell shell) {
        super(shell);
    }

    @Override
    final ExitCode execute() throws CommandException {
        throw new CommandException(ExitCode.USAGE, spec().name()
                + " is a program of its own: start it as ops/bin/waickoff " + spec().name());
    }
}
