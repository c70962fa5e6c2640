package com.waickoff.marketdata.storage.cli;

import com.waickoff.marketdata.cli.EngineFilesOptions.EngineSetup;
import com.waickoff.marketdata.memory.FreeSpace;
import com.waickoff.marketdata.storage.StoreSettings;
import com.waickoff.marketdata.storage.drain.StopSignal;
import com.waickoff.marketdata.storage.retention.Retention;
import com.waickoff.marketdata.storage.retention.RetentionSchedule;
import com.waickoff.marketdata.storage.retention.RetentionStatus;
import com.waickoff.marketdata.storage.retention.WarmTier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Retention on a thread of its own, beside the lanes of a drain. Closed by who started it. */
final class RetentionThread implements AutoCloseable {
    private final WarmTier warm;
    private final StopSignal stop;
    private final Thread thread;

    private RetentionThread(WarmTier warm, StopSignal stop, Thread thread) {
        this.warm = warm;
        this.stop = stop;
        this.thread = thread;
    }

    static RetentionThread start(EngineSetup setup, StoreSettings stores, RetentionStatus status,
            LongSupplier epochMs, Consumer<String> notes, StopSignal stop) throws IOException {
        WarmTier warm = new MongoTier(stores);
        Path data = Files.createDirectories(setup.engine().dataDir());
        Path journal = setup.engine().journalDir();
        Retention retention = RetentionCommand.of(setup.engine(), stores, warm,
                new Retention.World(epochMs,
                        FreeSpace.of(Files.isDirectory(journal) ? journal : data), notes,
                        () -> !stop.isRequested()),
                status);
        Thread thread = new Thread(new RetentionSchedule(retention, status, epochMs, stop),
                "drain-retention");
        thread.start();
        return new RetentionThread(warm, stop, thread);
    }

    /** Waits until the step that is under way is done. */
    @Override
    public void close() {
        stop.request();
        boolean wasInterrupted = Thread.interrupted();
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                wasInterrupted = true;
            }
        }
        warm.close();
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
