package com.waickoff.marketdata;

import com.waickoff.marketdata.ring.RingConfig;
import com.waickoff.marketdata.ring.Topology;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/** A replay of a recording into a journal, as a process of its own that can be killed. */
public final class ReplayChild {
    /** Time in ns since the epoch. */
    static final LongSupplier WALL_CLOCK_NS = () -> System.currentTimeMillis() * 1_000_000;

    private ReplayChild() {}

    /**
     * Replays and prints the state hash.
     *
     * @param arguments venue, recording, instruments, data directory, journal directory, topology,
     *     speed
     */
    public static void main(String[] arguments) throws ReplayException {
        System.out.println(replay(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]),
                Path.of(arguments[3]), Path.of(arguments[4]), Topology.valueOf(arguments[5]),
                Double.parseDouble(arguments[6])).stateHash());
    }

    static ReplayResult replay(String venue, Path recording, Path instruments, Path data,
            Path journal, Topology topology, double speed) throws ReplayException {
        EngineConfig defaults = EngineConfig.defaults(data);
        EngineConfig config = new EngineConfig(data, journal, 16,
                new RingConfig(1 << 14, topology, topology == Topology.STAGED ? 2 : 1,
                        RingConfig.Idle.SLEEPING),
                defaults.journal(), defaults.windows(), defaults.depth(), defaults.coverage());
        return ReplayRun.run(
                new ReplayRequest(new ReplayRequest.Recording(recording, venue, instruments), 0,
                        Long.MAX_VALUE, speed, journal, null, config),
                ReplayProgress.NONE, ReplayChild.WALL_CLOCK_NS, System::nanoTime);
    }
}
