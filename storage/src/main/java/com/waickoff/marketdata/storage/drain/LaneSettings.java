package com.waickoff.marketdata.storage.drain;

/**
 * How a lane works.
 *
 * @param batchEffects a batch is written when it has so many, 1 to 10,000; it may come to have a few
 *     hundred more
 * @param idleMs how long to wait at the end of the journal before it is looked at again, 1 to 10,000
 * @param noteMs how often the sink is told how far it has come, 10 to 600,000
 * @param checkpointMs how often the state is written, 100 to 3,600,000: what a start has to derive anew
 * @param firstBackOffMs longest wait after a first failure, 1 to 60,000
 * @param mostBackOffMs longest wait after any failure, up to 600,000 and not less than the first
 */
public record LaneSettings(int batchEffects, long idleMs, long noteMs, long checkpointMs,
        long firstBackOffMs, long mostBackOffMs) {
    /** Batches of 1,000, a look every 20 ms, a checkpoint a minute, waits of up to 30 s. */
    public static final LaneSettings DEFAULT = new LaneSettings(1_000, 20, 1_000, 60_000, 100,
            30_000);

    /** Checks ranges. */
    public LaneSettings {
        check("drain batch effects", batchEffects, 1, 10_000);
        check("drain idle ms", idleMs, 1, 10_000);
        check("drain note ms", noteMs, 10, 600_000);
        check("drain checkpoint ms", checkpointMs, 100, 3_600_000);
        check("drain first back-off ms", firstBackOffMs, 1, 60_000);
        check("drain most back-off ms", mostBackOffMs, firstBackOffMs, 600_000);
    }

    private static void check(String what, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    what + " is " + value + ", allowed is " + least + " to " + most);
        }
    }
}
