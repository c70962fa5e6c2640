package com.waickoff.marketdata.cli;

import picocli.CommandLine.Command;

/**
 * Commands that are programs of their own, in modules this one does not know: the launcher runs
 * them. Here they are listed, and told apart from what there is not.
 */
final class OtherPrograms {
    /** {@code waickoff simulate}. */
    @Command(name = "simulate",
            description = "A venue on this machine that speaks the real protocols: plays an"
                    + " invented market or a recording over WebSocket and REST.",
            footer = {
                    "  waickoff simulate --synthetic --venue bybit-linear --port 9001"})
    static final class SimulateCommand extends CommandBase {
        SimulateCommand(Shell shell) {
            super(shell);
        }

        @Override
        ExitCode execute() throws CommandException {
            throw notHere("simulate");
        }
    }

    /** {@code waickoff mcp}. */
    @Command(name = "mcp",
            description = "Serves what a running engine shows to agents, over standard input and"
                    + " output.",
            footer = {
                    "  waickoff mcp"})
    static final class McpCommand extends CommandBase {
        McpCommand(Shell shell) {
            super(shell);
        }

        @Override
        ExitCode execute() throws CommandException {
            throw notHere("mcp");
        }
    }

    /** {@code waickoff drain}. */
    @Command(name = "drain",
            description = "Takes what the journal leads to into MongoDB and onto the bus in Redis,"
                    + " losing nothing.",
            footer = {
                    "  waickoff drain", "  waickoff drain status"})
    static final class DrainCommand extends CommandBase {
        DrainCommand(Shell shell) {
            super(shell);
        }

        @Override
        ExitCode execute() throws CommandException {
            throw notHere("drain");
        }
    }

    private OtherPrograms() {}

    private static CommandException notHere(String command) {
        return new CommandException(ExitCode.USAGE, command
                + " is a program of its own: the launcher, ops/bin/waickoff, runs it.");
    }
}
