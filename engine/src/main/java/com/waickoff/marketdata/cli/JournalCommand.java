package com.waickoff.marketdata.cli;

import picocli.CommandLine.Command;

/** {@code waickoff journal}. */
@Command(name = "journal",
        description = "Looks after a journal: what is in it, whether it is sound,"
                + " what may go, what can be saved.",
        footer = {"  waickoff journal list data/journal",
                "  waickoff journal verify data/journal"})
final class JournalCommand extends CommandBase {
    JournalCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() throws CommandException {
        throw usage("journal: do what with it?");
    }
}
