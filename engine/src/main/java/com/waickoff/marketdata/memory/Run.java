package com.waickoff.marketdata.memory;

/**
 * One life of the engine, as its files name it.
 *
 * @param epoch differs between any two runs; the same in all files of one run
 * @param startNs when it started, in ns since the epoch of time
 * @param pid of the process
 */
public record Run(long epoch, long startNs, long pid) {
    /**
     * The run of this process.
     *
     * @param startNs when it started, in ns since the epoch of time
     */
    public static Run ofThisProcess(long startNs) {
        return new Run(startNs, startNs, ProcessHandle.current().pid());
    }
}
