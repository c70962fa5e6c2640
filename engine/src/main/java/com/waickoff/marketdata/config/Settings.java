package com.waickoff.marketdata.config;

import com.waickoff.marketdata.coverage.CoverageConfig;
import com.waickoff.marketdata.depth.DepthConfig;
import com.waickoff.marketdata.feed.StreamSettings;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.socket.FeedSettings;
import com.waickoff.marketdata.feed.socket.ProxySettings;
import com.waickoff.marketdata.journal.DiskMarks;
import com.waickoff.marketdata.journal.JournalConfig;
import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.window.Session;
import com.waickoff.marketdata.window.WindowConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All settings there are, in the order in which they are shown. */
public final class Settings {
    /** What this installation is called. */
    static final Setting SERVICE_NAME = Setting.text("service.name", "waickoff",
            "what this installation is called in metrics and events",
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}").asMatchPredicate(),
            "is 1 to 64 letters, digits, dots, dashes and underscores");
    /** Where the bus lives. */
    static final Setting PLATFORM_MODE = Setting.choice("platform.mode",
            "whether this runs by itself or in a platform that brings its own bus",
            "standalone", "integrated");
    /** Reserved. */
    static final Setting AI_ENABLED = Setting.text("ai.enabled", "false",
            "reserved for a later version", "false"::equals,
            "is false, because this version has nothing to enable");
    /** Reserved. */
    static final Setting DASHBOARD_URL = Setting.text("dashboard.url", "",
            "reserved for a later version", String::isEmpty,
            "is nothing, because this version has no dashboard");

    /** Where everything is kept. */
    public static final Setting DATA_DIR = Setting.text("data.dir", "data",
            "where journal, snapshot and status are kept; relative to the installation",
            Settings::isPath, "is a directory's path");
    /** Where the journal is. */
    static final Setting JOURNAL_DIR = Setting.text("journal.dir", "journal",
            "where the journal is kept; relative to the data directory", Settings::isPath,
            "is a directory's path");
    /** Files of the tape. */
    static final Setting JOURNAL_TAPE_CYCLE = Setting.choice("journal.tape-cycle",
            "how long a file of trades lasts", "day", "hour", "five-minutes");
    /** Files of the depth. */
    static final Setting JOURNAL_DEPTH_CYCLE = Setting.choice("journal.depth-cycle",
            "how long a file of book levels lasts", "hour", "day", "five-minutes");
    /** Growth of a file. */
    static final Setting JOURNAL_BLOCK_BYTES = Setting.number("journal.block-bytes",
            JournalConfig.DEFAULT.blockLength(), "by how much a file of the journal grows",
            value -> new JournalConfig(JournalConfig.DEFAULT.tapeCycle(),
                    JournalConfig.DEFAULT.depthCycle(), intOf(value)));
    /** When books are left out. */
    static final Setting JOURNAL_PAUSE_BOOKS_MB = Setting.number("journal.pause-books-mb",
            DiskMarks.DEFAULT.pauseBytes() >> 20,
            "below so many MiB of free disk the journal leaves out book levels",
            value -> EngineSettings.range("journal.pause-books-mb", value, 1, 1 << 24));
    /** When they no longer are. */
    public static final Setting JOURNAL_RESUME_BOOKS_MB = Setting.number("journal.resume-books-mb",
            DiskMarks.DEFAULT.resumeBytes() >> 20,
            "from so many MiB of free disk on it keeps them again",
            value -> EngineSettings.range("journal.resume-books-mb", value, 1, 1 << 24));
    /** When nothing goes on. */
    static final Setting JOURNAL_STOP_MB = Setting.number("journal.stop-mb",
            DiskMarks.DEFAULT.stopBytes() >> 20,
            "below so many MiB of free disk the engine stops",
            value -> EngineSettings.range("journal.stop-mb", value, 1, 1 << 24));
    /** Share of book levels. */
    public static final Setting JOURNAL_KEEP_BOOKS_MB = Setting.number("journal.keep-books-mb",
            DiskMarks.DEFAULT.booksBytes() >> 20,
            "the oldest files of book levels go where all of them take more MiB",
            value -> EngineSettings.range("journal.keep-books-mb", value, 1, 1 << 24));
    /** Bound of the catalogue. */
    public static final Setting INSTRUMENTS_CAPACITY = Setting.text("instruments.capacity",
            EngineSettings.AUTO,
            "most instrument definitions, those of changed instruments included; auto follows from"
                    + " what the feeds may collect",
            EngineSettings::isCapacity, "is auto, or 1 to " + EngineSettings.MAX_INSTRUMENTS);

    /** Definitions where no metadata is at hand. */
    static final Setting INSTRUMENTS_DEFINITIONS = Setting.text("instruments.definitions", "",
            "instruments where no metadata is at hand", EngineSettings::areInstruments,
            "is venue:SYMBOL,tick,lot for each instrument, separated by semicolons");

    /** Bybit's linear contracts. */
    static final FeedKeys BYBIT_LINEAR = FeedKeys.bybit(Venue.BYBIT_LINEAR,
            "wss://stream.bybit.com", "https://api.bybit.com", "200", "1", "50", "1000");
    /** Binance's futures. */
    static final FeedKeys BINANCE_USDM = FeedKeys.binance(Venue.BINANCE_USDM,
            "wss://fstream.binance.com", "https://fapi.binance.com", "depth@100ms", "depth",
            "depth@250ms", "depth@500ms", "depth@0ms");
    /** Binance's spot market. */
    static final FeedKeys BINANCE_SPOT = FeedKeys.binance(Venue.BINANCE_SPOT,
            "wss://stream.binance.com:9443", "https://api.binance.com", "depth@100ms",
            "depth", "depth@1000ms");
    /** Bybit's spot market. */
    static final FeedKeys BYBIT_SPOT = FeedKeys.bybit(Venue.BYBIT_SPOT,
            "wss://stream.bybit.com", "https://api.bybit.com", "200", "1", "50", "1000");
    /** Bybit's inverse contracts. */
    static final FeedKeys BYBIT_INVERSE = FeedKeys.bybit(Venue.BYBIT_INVERSE,
            "wss://stream.bybit.com", "https://api.bybit.com", "200", "1", "50", "1000");
    /** Binance's futures settled in coins. */
    static final FeedKeys BINANCE_COINM = FeedKeys.binance(Venue.BINANCE_COINM,
            "wss://dstream.binance.com", "https://dapi.binance.com", "depth@100ms", "depth",
            "depth@250ms", "depth@500ms");
    /** Every feed there is. */
    static final List<FeedKeys> FEEDS = List.of(BYBIT_LINEAR, BYBIT_SPOT, BYBIT_INVERSE,
            BINANCE_USDM, BINANCE_COINM, BINANCE_SPOT);

    /** How often lists of instruments are read. */
    static final Setting FEEDS_METADATA_REFRESH_MINUTES = Setting.number(
            "feeds.metadata-refresh-minutes", 30,
            "how often each venue is asked what it lists, with which ticks and lots",
            value -> EngineSettings.range("feeds.metadata-refresh-minutes", value, 1, 1_440));
    /** When a clock is remarked upon. */
    public static final Setting FEEDS_CLOCK_WARNING_MS = Setting.number("feeds.clock-warning-ms",
            1_000,
            "difference between a venue's clock and ours from which 'health' remarks on it",
            value -> EngineSettings.range("feeds.clock-warning-ms", value, 1, 86_400_000));
    /** Silence that ends a connection. */
    static final Setting FEEDS_SILENCE_TIMEOUT_MS = Setting.number("feeds.silence-timeout-ms",
            FeedSettings.DEFAULT_SILENCE_TIMEOUT_MS,
            "a connection without a complete frame for so long is given up",
            value -> EngineSettings.range("feeds.silence-timeout-ms", value, 1_000, 600_000));
    /** Silence of a tape that is asked about. */
    static final Setting FEEDS_STREAM_SILENCE_SECONDS = Setting.number(
            "feeds.stream-silence-seconds", StreamSettings.DEFAULT_TAPE_SILENCE_SECONDS,
            "after so long without a trade the venue is asked whether the market is quiet",
            value -> EngineSettings.range("feeds.stream-silence-seconds", value, 5, 3_600));
    /** Silence of a book whose instrument trades. */
    static final Setting FEEDS_BOOK_SILENCE_SECONDS = Setting.number(
            "feeds.book-silence-seconds", StreamSettings.DEFAULT_BOOK_SILENCE_SECONDS,
            "a book without a change for so long while trades go on is taken for dead",
            value -> EngineSettings.range("feeds.book-silence-seconds", value, 2, 3_600));
    /** How long a connection may take. */
    static final Setting FEEDS_CONNECT_TIMEOUT_MS = Setting.number("feeds.connect-timeout-ms",
            FeedSettings.DEFAULT_CONNECT_TIMEOUT_MS, "how long connecting may take",
            value -> EngineSettings.range("feeds.connect-timeout-ms", value, 100, 60_000));
    /** How long handshakes may take. */
    static final Setting FEEDS_HANDSHAKE_TIMEOUT_MS = Setting.number("feeds.handshake-timeout-ms",
            FeedSettings.DEFAULT_HANDSHAKE_TIMEOUT_MS,
            "how long TLS and the WebSocket handshake may take",
            value -> EngineSettings.range("feeds.handshake-timeout-ms", value, 100, 60_000));
    /** First wait. */
    static final Setting FEEDS_BACK_OFF_FIRST_MS = Setting.number("feeds.back-off-first-ms",
            FeedSettings.DEFAULT_FIRST_BACK_OFF_MS,
            "the longest first wait before a lost connection is made again",
            value -> EngineSettings.range("feeds.back-off-first-ms", value, 10, 60_000));
    /** Longest wait. */
    static final Setting FEEDS_BACK_OFF_MAX_MS = Setting.number("feeds.back-off-max-ms",
            FeedSettings.DEFAULT_MAX_BACK_OFF_MS,
            "the longest wait of all, to which the first one doubles",
            value -> EngineSettings.range("feeds.back-off-max-ms", value, 10, 600_000));
    /** Longest frame. */
    static final Setting FEEDS_MAX_FRAME_BYTES = Setting.number("feeds.max-frame-bytes",
            FeedSettings.DEFAULT_MAX_FRAME_BYTES,
            "the longest frame that is taken; a longer one ends its connection",
            value -> EngineSettings.range("feeds.max-frame-bytes", value, 64 << 10, 64 << 20));
    /** On the way to every venue. */
    static final Setting FEEDS_PROXY = Setting.text("feeds.proxy", "",
            "the proxy of every feed that names none", FeedKeys::isProxy,
            "is " + ProxySettings.FORM + "; or nothing for none");
    /** A password that is in no configuration. */
    static final Setting FEEDS_PROXY_PASSWORD_FILE = Setting.text("feeds.proxy-password-file", "",
            "a file whose first line is the password of proxies that have a user and none",
            text -> text.isEmpty() || isPath(text), "is a file's path, or nothing");
    /** Whom to trust. */
    static final Setting FEEDS_TLS_CA_FILE = Setting.text("feeds.tls.ca-file", "",
            "certificates (PEM) to trust in place of the system's",
            text -> text.isEmpty() || isPath(text), "is a file's path, or nothing");
    /** Sockets. */
    static final Setting FEEDS_TRANSPORT = Setting.choice("feeds.transport",
            "whose sockets are used; auto takes epoll where there is one", "auto", "io_uring",
            "epoll", "nio");

    /** Topology. */
    public static final Setting PIPELINE_THREADS = Setting.choice("pipeline.threads",
            "how journal and studies share threads; auto counts cores",
            "auto", "inline", "fused", "staged");
    /** Ring size. */
    static final Setting PIPELINE_SLOTS = Setting.number("pipeline.slots",
            RingConfig.DEFAULT.slots(), "events between the feeds and the studies",
            value -> EngineSettings.checkRing(intOf(value), 1));
    /** Threads of the staged topology. */
    static final Setting PIPELINE_STUDY_THREADS = Setting.number("pipeline.study-threads",
            RingConfig.DEFAULT.studyThreads(), "study threads, where threads are staged",
            value -> EngineSettings.checkRing(RingConfig.DEFAULT.slots(), intOf(value)));
    /** What idle consumers do. */
    static final Setting PIPELINE_IDLE = Setting.choice("pipeline.idle",
            "what a consumer thread does while there is nothing to do",
            "sleeping", "blocking", "yielding", "busy-spin");

    /** Finest row. */
    public static final Setting ROWS_TICKS = Setting.number("rows.ticks",
            WindowConfig.DEFAULT.rowTicks(),
            "height of a row in ticks, before rows are merged",
            value -> new WindowConfig(intOf(value), WindowConfig.DEFAULT.rowCapacity(),
                    WindowConfig.DEFAULT.latenessMs(), WindowConfig.DEFAULT.historyMs()));
    /** Rows of a window. */
    public static final Setting ROWS_CAPACITY = Setting.number("rows.capacity",
            WindowConfig.DEFAULT.rowCapacity(), "most rows of a window; more are merged in pairs",
            value -> EngineSettings.checkRowCapacity(intOf(value)));
    /** How long rows can be revised. */
    public static final Setting ROWS_HISTORY_MS = Setting.number("rows.history-ms",
            WindowConfig.DEFAULT.historyMs(), "how long closed windows keep their rows",
            value -> new WindowConfig(WindowConfig.DEFAULT.rowTicks(),
                    WindowConfig.DEFAULT.rowCapacity(), WindowConfig.DEFAULT.latenessMs(), value));
    /** Lateness. */
    static final Setting WINDOWS_LATENESS_MS = Setting.number("windows.lateness-ms",
            WindowConfig.DEFAULT.latenessMs(), "how long after its end a window waits for trades",
            value -> new WindowConfig(WindowConfig.DEFAULT.rowTicks(),
                    WindowConfig.DEFAULT.rowCapacity(), value, WindowConfig.DEFAULT.historyMs()));

    /** Parts of the day with a name. */
    public static final Setting SESSIONS = Setting.text("sessions", Session.DEFAULTS,
            "parts of the UTC day that 'profile --session' knows by name", Settings::areSessions,
            "is name=HH:MM-HH:MM, separated by commas: at most 16, each name once");

    /** Intervals told apart. */
    static final Setting COVERAGE_INTERVALS = Setting.number("coverage.intervals",
            CoverageConfig.DEFAULT.intervals(),
            "most holes of the tape told apart, for each instrument",
            value -> EngineSettings.checkIntervals(intOf(value)));

    /** Dense window of a book. */
    static final Setting DEPTH_MIN_WINDOW_TICKS = Setting.number("depth.min-window-ticks",
            DepthConfig.defaults().minWindowTicks(), "fewest ticks of a book's dense window",
            value -> EngineSettings.checkDepth(intOf(value), DepthConfig.MAX_WINDOW_TICKS,
                    DepthConfig.defaults().farLevels(), DepthConfig.defaults().crossedUpdates()));
    /** Dense window of a book. */
    static final Setting DEPTH_MAX_WINDOW_TICKS = Setting.number("depth.max-window-ticks",
            DepthConfig.defaults().maxWindowTicks(), "most ticks of a book's dense window",
            value -> EngineSettings.checkDepth(DepthConfig.defaults().minWindowTicks(),
                    intOf(value), DepthConfig.defaults().farLevels(),
                    DepthConfig.defaults().crossedUpdates()));
    /** Levels beyond the window. */
    static final Setting DEPTH_FAR_LEVELS = Setting.number("depth.far-levels",
            DepthConfig.defaults().farLevels(), "levels of a side kept beyond that window",
            value -> EngineSettings.checkDepth(DepthConfig.defaults().minWindowTicks(),
                    DepthConfig.defaults().maxWindowTicks(), intOf(value),
                    DepthConfig.defaults().crossedUpdates()));
    /** When a crossed book is broken. */
    static final Setting DEPTH_CROSSED_UPDATES = Setting.number("depth.crossed-updates",
            DepthConfig.defaults().crossedUpdates(),
            "crossed updates in a row after which a book is held to be broken",
            value -> EngineSettings.checkDepth(DepthConfig.defaults().minWindowTicks(),
                    DepthConfig.defaults().maxWindowTicks(), DepthConfig.defaults().farLevels(),
                    intOf(value)));

    /** What a wall is. */
    static final Setting DEPTH_WALL_MULTIPLE = Setting.number("depth.wall-multiple",
            DepthConfig.defaults().wallMultiple(),
            "a wall is larger than so many times the median of its side",
            value -> EngineSettings.checkWalls(intOf(value), DepthConfig.defaults().wallLevels()));
    /** Where walls are looked for. */
    static final Setting DEPTH_WALL_LEVELS = Setting.number("depth.wall-levels",
            DepthConfig.defaults().wallLevels(),
            "best levels of a side that are searched for walls",
            value -> EngineSettings.checkWalls(DepthConfig.defaults().wallMultiple(),
                    intOf(value)));

    /** Every setting. */
    public static final List<Setting> ALL = all();

    private Settings() {}

    private static List<Setting> all() {
        List<Setting> all = new ArrayList<>(List.of(SERVICE_NAME, PLATFORM_MODE, AI_ENABLED,
                DASHBOARD_URL, DATA_DIR, JOURNAL_DIR, JOURNAL_TAPE_CYCLE, JOURNAL_DEPTH_CYCLE,
                JOURNAL_BLOCK_BYTES, JOURNAL_PAUSE_BOOKS_MB, JOURNAL_RESUME_BOOKS_MB,
                JOURNAL_STOP_MB, JOURNAL_KEEP_BOOKS_MB));
        FEEDS.forEach(feed -> all.addAll(feed.all()));
        all.addAll(List.of(FEEDS_METADATA_REFRESH_MINUTES, FEEDS_CLOCK_WARNING_MS,
                FEEDS_SILENCE_TIMEOUT_MS, FEEDS_STREAM_SILENCE_SECONDS,
                FEEDS_BOOK_SILENCE_SECONDS, FEEDS_CONNECT_TIMEOUT_MS,
                FEEDS_HANDSHAKE_TIMEOUT_MS, FEEDS_BACK_OFF_FIRST_MS, FEEDS_BACK_OFF_MAX_MS,
                FEEDS_MAX_FRAME_BYTES, FEEDS_PROXY, FEEDS_PROXY_PASSWORD_FILE, FEEDS_TLS_CA_FILE,
                FEEDS_TRANSPORT, INSTRUMENTS_CAPACITY,
                INSTRUMENTS_DEFINITIONS, PIPELINE_THREADS, PIPELINE_SLOTS, PIPELINE_STUDY_THREADS,
                PIPELINE_IDLE, ROWS_TICKS, ROWS_CAPACITY, ROWS_HISTORY_MS, WINDOWS_LATENESS_MS,
                DEPTH_MIN_WINDOW_TICKS, DEPTH_MAX_WINDOW_TICKS, DEPTH_FAR_LEVELS,
                DEPTH_CROSSED_UPDATES, DEPTH_WALL_MULTIPLE, DEPTH_WALL_LEVELS,
                COVERAGE_INTERVALS, SESSIONS));
        all.addAll(HistorySettings.ALL);
        all.addAll(StorageSettings.ALL);
        all.addAll(McpSettings.ALL);
        all.addAll(all.indexOf(DEPTH_MIN_WINDOW_TICKS), FlowSettings.ALL);
        return List.copyOf(all);
    }

    /** The setting with this key, or null. */
    public static @Nullable Setting find(String key) {
        for (Setting setting : ALL) {
            if (setting.key().equals(key)) {
                return setting;
            }
        }
        return null;
    }

    /** A number that no range of an int holds becomes one that no range here allows either. */
    static int intOf(long value) {
        return value == (int) value ? (int) value : Integer.MIN_VALUE;
    }

    private static boolean areSessions(String text) {
        try {
            return !Session.parse(text).isEmpty();
        } catch (IllegalArgumentException none) {
            return false;
        }
    }

    private static boolean isPath(String text) {
        return !text.isBlank() && text.indexOf('\0') < 0;
    }
}
