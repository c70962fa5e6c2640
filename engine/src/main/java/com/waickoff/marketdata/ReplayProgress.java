package com.waickoff.marketdata;

/** Is told now and then how far a replay has come. Threads: called by the thread that replays. */
@FunctionalInterface
public interface ReplayProgress {
    /** Nobody looks. */
    ReplayProgress NONE = (done, total, events) -> {};

    /**
     * The replay goes on.
     *
     * @param done bytes of recordings, and events of journals, read so far
     * @param total how many there are
     * @param events events handled so far
     */
    void onProgress(long done, long total, long events);

    /**
     * Whether the replay is to end early, with the result of what it has done so far. Asked as often
     * as progress is told, and while a replay waits.
     */
    default boolean isStopRequested() {
        return false;
    }

    /** Whether the replay is to stand still. Asked as often as whether it is to end. */
    default boolean isPauseRequested() {
        return false;
    }
}
