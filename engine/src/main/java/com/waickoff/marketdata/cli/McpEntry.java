package com.waickoff.marketdata.cli;

import picocli.CommandLine.Command;

/** {@code waickoff mcp}, as the list of commands tells of it. */
@Command(name = "mcp",
        description = "Answers agents that speak the Model Context Protocol, over standard input"
                + " and output, from what a running engine shows.")
final class McpEntry extends SiblingCommand {
    McpEntry(Shell shell) {
        super(shell);
    }
}
