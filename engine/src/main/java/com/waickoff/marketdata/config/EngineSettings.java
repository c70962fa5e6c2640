package com.waickoff.marketdata.config;

import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.LiveConfig;
import com.waickoff.marketdata.VenueConfig;
import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.feed.InstrumentSource;
import com.waickoff.marketdata.feed.InstrumentWishes;
import com.waickoff.marketdata.feed.StreamSettings;
import com.waickoff.marketdata.feed.socket.FeedSettings;
import com.waickoff.marketdata.feed.socket.LoopSettings;
import com.waickoff.marketdata.feed.socket.ProxySettings;
import com.waickoff.marketdata.feed.socket.SocketKind;
import com.waickoff.marketdata.feed.socket.TlsSettings;
import com.waickoff.marketdata.journal.DiskMarks;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.journal.JournalCycle;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.RingConfig.Idle;
import com.waickoff.marketdata.ring.Topology;
import com.waickoff.marketdata.snapshot.HistoryConfig;
import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.Shown;
import com.waickoff.marketdata.window.WindowConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The one place where settings become the records that the rooms are made with. */
public final class EngineSettings {
    /** Most definitions that a snapshot file has room for. */
    static final int MAX_INSTRUMENTS = 4096;
    /** Follows from other settings, or from the machine. */
    static final String AUTO = "auto";

    private static final int FEWEST_INSTRUMENTS = 64;
    /** For instruments whose tick or lot changes: a quarter of them, but at least so many. */
    private static final int FEWEST_SPARE = 16;
    private static final int MIN_INTERVALS = 8;
    /** The snapshot file has room for one more: the one that is still open. */
    private static final int MAX_INTERVALS = 4095;

    private EngineSettings() {}

    /**
     * The engine that is configured.
     *
     * @param base where a relative data directory begins
     * @param cores of this machine, for {@code auto}
     * @throws WrongConfigurationException with all that is wrong
     */
    public static EngineConfig of(Configuration configuration, Path base, int cores)
            throws WrongConfigurationException {
        List<String> problems = new ArrayList<>(configuration.problems());
        if (problems.isEmpty()) {
            try {
                problems.addAll(RetentionKeys.problems(configuration));
                EngineConfig engine = map(configuration, base, cores);
                if (problems.isEmpty()) {
                    return engine;
                }
            } catch (IllegalArgumentException together) {
                // Each value is right by itself, but not with the others.
                problems.add(String.valueOf(together.getMessage()));
            }
        }
        throw new WrongConfigurationException(problems);
    }

    /**
     * The daemon that is configured; without venues if no feed is on.
     *
     * @throws WrongConfigurationException with all that is wrong
     */
    public static LiveConfig live(Configuration configuration, Path base, int cores)
            throws WrongConfigurationException {
        EngineConfig engine = of(configuration, base, cores);
        List<String> problems = new ArrayList<>();
        List<VenueConfig> venues = new ArrayList<>();
        for (FeedKeys feed : Settings.FEEDS) {
            try {
                InstrumentWishes wishes = feed.wishes(configuration);
                if (wishes != null) {
                    venues.add(venue(configuration, feed, wishes));
                }
            } catch (IllegalArgumentException together) {
                problems.add(String.valueOf(together.getMessage()));
            }
        }
        int instruments = venues.stream().mapToInt(VenueConfig::mostInstruments).sum();
        if (instruments > engine.instrumentCapacity()) {
            problems.add("feeds may collect " + instruments + " instruments in all, but "
                    + Settings.INSTRUMENTS_CAPACITY.key() + " is " + engine.instrumentCapacity());
        }
        String caFile = configuration.get(Settings.FEEDS_TLS_CA_FILE).text();
        Path authorities = caFile.isEmpty() ? null : base.resolve(caFile).normalize();
        if (authorities != null && !Files.isRegularFile(authorities)) {
            problems.add(Settings.FEEDS_TLS_CA_FILE.key() + " is " + Shown.plain(caFile)
                    + ", but there is no file " + authorities);
        }
        DiskMarks disk = DiskMarks.DEFAULT;
        try {
            disk = diskMarks(configuration);
        } catch (IllegalArgumentException together) {
            problems.add(String.valueOf(together.getMessage()));
        }
        Map<String, ProxySettings> proxies = new ProxyChoice(configuration, base)
                .of(venues, problems);
        if (!problems.isEmpty()) {
            throw new WrongConfigurationException(problems);
        }
        return new LiveConfig(engine, venues, new LoopSettings(
                choice(SocketKind.class, configuration, Settings.FEEDS_TRANSPORT),
                new TlsSettings(authorities), proxies), disk);
    }

    private static DiskMarks diskMarks(Configuration configuration) {
        return new DiskMarks(configuration.number(Settings.JOURNAL_PAUSE_BOOKS_MB) << 20,
                configuration.number(Settings.JOURNAL_RESUME_BOOKS_MB) << 20,
                configuration.number(Settings.JOURNAL_STOP_MB) << 20,
                configuration.number(Settings.JOURNAL_KEEP_BOOKS_MB) << 20);
    }

    private static VenueConfig venue(Configuration configuration, FeedKeys feed,
            InstrumentWishes wishes) {
        FeedSettings line = FeedSettings
                .of(feed.venue().code(), URI.create(configuration.get(feed.webSocketUrl()).text()),
                        URI.create(configuration.get(feed.restUrl()).text()))
                .withMaxFrameBytes(configuration.integer(Settings.FEEDS_MAX_FRAME_BYTES))
                .withConnectTimeoutsMs(configuration.integer(Settings.FEEDS_CONNECT_TIMEOUT_MS),
                        configuration.integer(Settings.FEEDS_HANDSHAKE_TIMEOUT_MS))
                .withSilenceTimeoutMs(configuration.integer(Settings.FEEDS_SILENCE_TIMEOUT_MS))
                .withBackOffMs(configuration.integer(Settings.FEEDS_BACK_OFF_FIRST_MS),
                        configuration.integer(Settings.FEEDS_BACK_OFF_MAX_MS));
        Setting tape = feed.tape();
        return new VenueConfig(feed.venue(), wishes, line,
                configuration.get(feed.book()).text(),
                tape != null && configuration.get(tape).text().equals(FeedKeys.AGGREGATED),
                StreamSettings.of(configuration.integer(Settings.FEEDS_BOOK_SILENCE_SECONDS),
                        configuration.integer(Settings.FEEDS_STREAM_SILENCE_SECONDS)),
                configuration.get(feed.bookCheck()).text().equals(FeedKeys.CHECKED));
    }

    /** Whether a setting defines instruments, or none. */
    static boolean areInstruments(String definitions) {
        try {
            InstrumentSource.ofSetting(Settings.INSTRUMENTS_DEFINITIONS.key(), definitions);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The topology that is configured, or that suits the machine. */
    public static Topology topology(Configuration configuration, int cores) {
        String threads = configuration.get(Settings.PIPELINE_THREADS).text();
        return threads.equals(AUTO) ? Topology.forCores(cores)
                : Topology.valueOf(threads.toUpperCase(Locale.ROOT));
    }

    private static EngineConfig map(Configuration configuration, Path base, int cores) {
        Path dataDir = base.resolve(configuration.get(Settings.DATA_DIR).text()).normalize();
        EngineConfig usual = new EngineConfig(dataDir,
                dataDir.resolve(configuration.get(Settings.JOURNAL_DIR).text()).normalize(),
                capacity(configuration),
                new RingConfig(configuration.integer(Settings.PIPELINE_SLOTS),
                        topology(configuration, cores),
                        configuration.integer(Settings.PIPELINE_STUDY_THREADS),
                        choice(Idle.class, configuration, Settings.PIPELINE_IDLE)),
                new JournalConfig(
                        choice(JournalCycle.class, configuration, Settings.JOURNAL_TAPE_CYCLE),
                        choice(JournalCycle.class, configuration, Settings.JOURNAL_DEPTH_CYCLE),
                        configuration.integer(Settings.JOURNAL_BLOCK_BYTES)),
                new WindowConfig(configuration.integer(Settings.ROWS_TICKS),
                        configuration.integer(Settings.ROWS_CAPACITY),
                        configuration.number(Settings.WINDOWS_LATENESS_MS),
                        configuration.number(Settings.ROWS_HISTORY_MS)),
                new DepthConfig(configuration.integer(Settings.DEPTH_MIN_WINDOW_TICKS),
                        configuration.integer(Settings.DEPTH_MAX_WINDOW_TICKS),
                        configuration.integer(Settings.DEPTH_FAR_LEVELS),
                        configuration.integer(Settings.DEPTH_CROSSED_UPDATES),
                        DepthConfig.defaults().windowedVenues(),
                        configuration.integer(Settings.DEPTH_WALL_MULTIPLE),
                        configuration.integer(Settings.DEPTH_WALL_LEVELS)),
                new CoverageConfig(configuration.integer(Settings.COVERAGE_INTERVALS)),
                FlowSettings.config(configuration),
                HistoryConfig.DEFAULT,
                InstrumentSource.ofSetting(Settings.INSTRUMENTS_DEFINITIONS.key(),
                        configuration.get(Settings.INSTRUMENTS_DEFINITIONS).text()));
        EngineConfig engine = usual.withHistory(HistorySettings.of(configuration,
                history -> usual.withHistory(history).snapshot().fileBytes()));
        checkSnapshot(engine);
        return engine;
    }

    /** The constant that a word of the configuration stands for. */
    private static <E extends Enum<E>> E choice(Class<E> type, Configuration configuration,
            Setting setting) {
        return Enum.valueOf(type, configuration.get(setting).text().toUpperCase(Locale.ROOT)
                .replace('-', '_'));
    }

    private static void checkSnapshot(EngineConfig engine) {
        long bytes = engine.snapshot().fileBytes();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(Settings.INSTRUMENTS_CAPACITY.key() + " is "
                    + engine.instrumentCapacity() + " and " + Settings.ROWS_CAPACITY.key() + " is "
                    + engine.windows().rowCapacity() + ", which makes a snapshot file of "
                    + Figures.bytes(bytes) + ", with " + HistorySettings.described(engine.history())
                    + "; allowed are 2 GiB: lower one of them, or history.*");
        }
    }

    /** Room for every instrument that the feeds may come to, and for those that change. */
    private static int capacity(Configuration configuration) {
        String capacity = configuration.get(Settings.INSTRUMENTS_CAPACITY).text();
        if (!capacity.equals(AUTO)) {
            return (int) Setting.numberOf(capacity);
        }
        int instruments = Settings.FEEDS.stream()
                .mapToInt(feed -> feed.mostInstruments(configuration)).sum();
        return Math.clamp(instruments + Math.max(FEWEST_SPARE, instruments / 4),
                FEWEST_INSTRUMENTS, MAX_INSTRUMENTS);
    }

    /** Whether a text is a number of instruments, or leaves it open. */
    static boolean isCapacity(String text) {
        return text.equals(AUTO) || (text.matches("[0-9]{1,4}(_[0-9]{1,4})?")
                && Setting.numberOf(text) >= 1 && Setting.numberOf(text) <= MAX_INSTRUMENTS);
    }

    static void checkIntervals(int intervals) {
        range(Settings.COVERAGE_INTERVALS, intervals, MIN_INTERVALS, MAX_INTERVALS);
    }

    static DepthConfig checkDepth(int minWindowTicks, int maxWindowTicks, int farLevels,
            int crossedUpdates) {
        return new DepthConfig(minWindowTicks, maxWindowTicks, farLevels, crossedUpdates,
                DepthConfig.defaults().windowedVenues());
    }

    static DepthConfig checkWalls(int multiple, int levels) {
        DepthConfig books = DepthConfig.defaults();
        return new DepthConfig(books.minWindowTicks(), books.maxWindowTicks(), books.farLevels(),
                books.crossedUpdates(), books.windowedVenues(), multiple, levels);
    }

    private static void range(Setting setting, int value, int least, int most) {
        range(setting.key(), value, least, most);
    }

    static void range(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    key + " is " + value + ", allowed is " + least + " to " + most);
        }
    }

    static RingConfig checkRing(int slots, int studyThreads) {
        return new RingConfig(slots, RingConfig.DEFAULT.topology(), studyThreads,
                RingConfig.DEFAULT.idle());
    }

    static WindowConfig checkRowCapacity(int capacity) {
        return new WindowConfig(WindowConfig.DEFAULT.rowTicks(), capacity,
                WindowConfig.DEFAULT.latenessMs(), WindowConfig.DEFAULT.historyMs());
    }
}
