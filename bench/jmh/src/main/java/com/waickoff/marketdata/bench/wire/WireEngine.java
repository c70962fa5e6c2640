package com.waickoff.marketdata.bench.wire;

import com.waickoff.marketdata.bench.Launcher;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The engine as a process of its own that collects what a {@link BareVenue} sends. */
public final class WireEngine {
    /** The one instrument there is. */
    public static final String INSTRUMENT = "bybit-linear:BTCUSDT";

    private WireEngine() {}

    /**
     * The engine, not started yet, which says here what it has to say. It ends with this process.
     *
     * @param directory of its data
     * @param url of the venue
     * @param settings {@code key=value} each, stronger than those it has anyway
     */
    public static ProcessBuilder command(Path directory, String url, List<String> settings) {
        List<String> words = new ArrayList<>(
                List.of("run", "--end-with-stdin", "--data-dir", directory.toString()));
        List<String> all = new ArrayList<>(List.of("feeds.bybit-linear.instruments=BTCUSDT",
                "feeds.bybit-linear.websocket-url=" + url,
                "instruments.definitions=" + INSTRUMENT + ",0.1,0.001", "rows.ticks=10",
                "rows.capacity=64"));
        all.addAll(settings);
        all.forEach(setting -> words.addAll(List.of("--set", setting)));
        return Launcher.command(words.toArray(String[]::new)).inheritIO()
                .redirectInput(Redirect.PIPE);
    }
}
