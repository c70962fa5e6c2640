package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.LiveConfig;
import com.waickoff.marketdata.VenueConfig;
import com.waickoff.marketdata.config.Configuration;
import com.waickoff.marketdata.config.EngineMemory;
import com.waickoff.marketdata.config.EngineSettings;
import com.waickoff.marketdata.config.HistorySettings;
import com.waickoff.marketdata.config.RetentionKeys;
import com.waickoff.marketdata.config.Setting;
import com.waickoff.marketdata.config.Settings;
import com.waickoff.marketdata.feed.socket.ProxySettings;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Table;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code waickoff check-config}. */
@Command(name = "check-config", description = {
        "Says what would run: every setting with its value and where it comes from,"
                + " the threads and the memory that follow.",
        "Where something is wrong it says all of it at once, and ends with 78."},
        footer = {
                "  waickoff check-config",
                "  waickoff check-config --config /etc/waickoff.yaml --set rows.ticks=10"})
final class CheckConfigCommand extends CommandBase {
    @Mixin
    private ConfigOptions options;

    CheckConfigCommand(Shell shell) {
        super(shell);
        options = new ConfigOptions();
    }

    @Override
    ExitCode execute() throws Exception {
        Configuration configuration = options.read(shell(), List.of());
        configuration.remarks().forEach(remark -> shell().err().println("note: " + remark));
        int cores = Runtime.getRuntime().availableProcessors();
        LiveConfig live = EngineSettings.live(configuration, shell().base(), cores);
        Table settings = new Table(Table.left("setting"), Table.left("value"), Table.left("from"));
        for (Setting setting : Settings.ALL) {
            Configuration.Value value = configuration.get(setting);
            settings.row(setting.key(), Setting.shown(setting.key(), value.text()),
                    value.source());
        }
        settings.lines(ink()).forEach(this::print);
        print("");
        consequences(configuration, live, cores).lines(ink()).forEach(this::print);
        return ExitCode.OK;
    }

    private Table consequences(Configuration configuration, LiveConfig live, int cores) {
        EngineConfig engine = live.engine();
        Topology topology = EngineSettings.topology(configuration, cores);
        Table table = new Table(Table.left("what follows"), Table.left(""));
        for (VenueConfig venue : live.venues()) {
            table.row("feed " + venue.venue().code(), venue.wanted() + " from "
                    + venue.line().webSocket() + through(live, venue));
        }
        if (live.venues().isEmpty()) {
            table.row("feeds", "none is on, so there is nothing to run: see feeds.*.instruments");
        }
        table.row("data directory", engine.dataDir().toString());
        table.row("threads", topology.name().toLowerCase(Locale.ROOT) + ": "
                + threadsOf(topology, engine) + "; this machine has " + cores
                + (cores == 1 ? " core" : " cores"));
        EngineMemory memory = EngineMemory.of(engine);
        table.row("memory, ring", Figures.bytes(memory.ringBytes()));
        table.row("memory, instruments", Figures.bytes(memory.instrumentBytes())
                + " of heap for each one defined");
        table.row("history", HistorySettings.described(engine.history()));
        long file = engine.snapshot().fileBytes();
        table.row("memory, snapshot file", Figures.bytes(file / engine.instrumentCapacity())
                + " for each instrument there is room for, " + Figures.bytes(file)
                + " in all, mapped");
        long heap = EngineMemory.engineHeapBytes(shell().home(),
                shell().env().getOrDefault("WAICKOFF_JAVA_OPTS", ""));
        table.row("memory, heap", Figures.bytes(memory.heapBytes(engine.instrumentCapacity()))
                + " needed for all " + engine.instrumentCapacity() + " instruments"
                + (heap == 0 ? "" : "; the engine gets " + Figures.bytes(heap) + ", enough for "
                        + memory.instrumentsIn(heap)));
        table.row("memory, in all", Figures.bytes(memory.instrumentBytes()
                + file / engine.instrumentCapacity()) + " for each instrument, "
                + Figures.bytes(memory.heapBytes(engine.instrumentCapacity()) + file)
                + " for all of them");
        RetentionKeys.tiers(configuration).forEach(table::row);
        return table;
    }

    private static String through(LiveConfig live, VenueConfig venue) {
        ProxySettings proxy = live.loop().proxies().get(venue.line().name());
        return proxy == null ? "" : " through " + proxy
                + (proxy.user() == null ? "" : ", with a login");
    }

    private static String threadsOf(Topology topology, EngineConfig engine) {
        return switch (topology) {
            case INLINE -> "journal and studies on the feed's thread";
            case FUSED -> "one thread for the feed, one for journal and studies";
            case STAGED -> "threads for the feed, the journal and "
                    + engine.ring().studyThreads() + " for the studies";
        };
    }
}
