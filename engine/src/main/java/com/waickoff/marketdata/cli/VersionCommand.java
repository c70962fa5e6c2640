package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.journal.JournalDirectory;
import com.waickoff.marketdata.replay.CheckpointStore;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import com.waickoff.marketdata.status.StatusReader;
import com.waickoff.marketdata.terminal.Table;
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
        table.row("journal format", Integer.toString(JournalDirectory.formatVersion()));
        table.row("checkpoint format", Integer.toString(CheckpointStore.formatVersion()));
        table.row("snapshot format", SnapshotReader.formatVersion());
        table.row("status format", StatusReader.formatVersion());
        table.lines(ink()).forEach(this::print);
        return ExitCode.OK;
    }
}
