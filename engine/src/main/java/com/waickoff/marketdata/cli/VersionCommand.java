package com.waickoff.marketdata.cli;

import picocli.CommandLine.Command;

/** {@code waickoff version}. */
@Command(name = "version",
        description = "Shows the versions of this program, of Java and of the file formats.",
        footer = {
                "  waickoff version"})
final class VersionCommand extends CommandBase {
    VersionCommand(Shell shell) {
        super(shell);
    }

    @Override
    ExitCode execute() {
        BuildInfo build = BuildInfo.read();
        Table table = new Table(Table.left(""), Table.left(""));
        table.row("waickoff", build.version());
        table.row("commit", build.commit());
        table.row("java", Runtime.version() + " (" + System.getProperty("java.vm.vendor", "unknown")
                + ')');
        table.lines(new Ink(Terminal.Colors.NONE)).forEach(this::print);
        return ExitCode.OK;
    }
}
