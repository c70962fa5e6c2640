package com.waickoff.marketdata.cli;

import picocli.CommandLine.Command;

/** {@code waickoff simulate}, as the list of commands tells of it. */
@Command(name = "simulate",
        description = "Serves a simulated venue on this machine: a recording, or an invented"
                + " market, over the venue's own protocol.")
final class SimulateEntry extends SiblingCommand {
    SimulateEntry(Shell shell) {
        super(shell);
    }
}
