package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.storage.InventedMarket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** A drain in a process of its own, which may be killed: data directory, log, seed. */
final class DrainChild {
    /** Small batches and frequent checkpoints: much to be killed in. */
    private static final LaneSettings HASTY = new LaneSettings(20, 1, 10, 100, 1, 4);

    private DrainChild() {}

    public static void main(String[] args) throws IOException {
        long seed = Long.parseLong(args[2]);
        try (Drain drain = Drain.start(InventedMarket.config(Path.of(args[0])),
                () -> List.of(new FileSink(Path.of(args[1]), seed)), HASTY,
                Lane.Mode.UNTIL_CAUGHT_UP,
                new LaneWorld(System::currentTimeMillis, System::nanoTime,
                        new SplittableRandom(seed), System.err::println),
                new StopSignal())) {
            Throwable failure = drain.await();
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
        }
    }
}
