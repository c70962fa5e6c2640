package com.waickoff.marketdata.config;

import com.waickoff.marketdata.EngineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The memory that an engine takes by its configuration: what is preallocated and large.
 *
 * @param ringBytes slots of the ring
 * @param instrumentBytes windows, rows, order flow, intervals and books of one instrument
 */
public record EngineMemory(long ringBytes, long instrumentBytes) {
    private static final Pattern HEAP = Pattern.compile("(?m)(?:^|\\s)-Xmx(\\d{1,9})([kKmMgG]?)");
    /** A slot with its header, and the reference to it. */
    private static final long SLOT_BYTES = 64 + 4;
    /** Bounds, ids and number of the missing trades. */
    private static final long INTERVAL_BYTES = 5 * Long.BYTES;
    /** About: a level beyond the dense window, by the depth room's own words. */
    private static final long FAR_LEVEL_BYTES = 43;
    /** Program and libraries: about 10 MiB live in a replay. The rest is room for garbage. */
    private static final long BASE_BYTES = 32L << 20;

    /** What this engine takes. */
    public static EngineMemory of(EngineConfig engine) {
        return new EngineMemory(engine.ring().slots() * SLOT_BYTES,
                engine.windows().bytesPerInstrument()
                        + engine.flow().bytesPerInstrument()
                        + engine.coverage().intervals() * INTERVAL_BYTES
                        + 2 * bookSideBytes(engine));
    }

    /** A window that has not grown, and the levels beyond it. */
    private static long bookSideBytes(EngineConfig engine) {
        return (long) engine.depth().minWindowTicks() * Long.BYTES
                + engine.depth().farLevels() * FAR_LEVEL_BYTES;
    }

    /** Heap for so many instruments. */
    public long heapBytes(int instruments) {
        return BASE_BYTES + ringBytes + instruments * instrumentBytes;
    }

    /** Instruments for which so much heap is enough. */
    public long instrumentsIn(long heapBytes) {
        return Math.max(0, (heapBytes - BASE_BYTES - ringBytes) / instrumentBytes);
    }

    /**
     * The heap that the launcher gives to the engine; 0 if that cannot be told.
     *
     * @param home the installation, whose option file says so
     * @param javaOptions options that are stronger than that file
     */
    public static long engineHeapBytes(@Nullable Path home, String javaOptions) {
        long heap = lastHeapOf(javaOptions);
        if (heap > 0 || home == null) {
            return heap;
        }
        try {
            return lastHeapOf(Files.readString(
                    home.resolve("config").resolve("jvm").resolve("engine.options")));
        } catch (IOException notInstalled) {
            return 0;
        }
    }

    private static long lastHeapOf(String options) {
        Matcher heap = HEAP.matcher(options);
        long bytes = 0;
        while (heap.find()) {
            bytes = Long.parseLong(heap.group(1)) << switch (heap.group(2)) {
                case "k", "K" -> 10;
                case "m", "M" -> 20;
                case "g", "G" -> 30;
                default -> 0;
            };
        }
        return bytes;
    }
}
