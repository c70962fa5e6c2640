package com.waickoff.venue.serve;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Reads what a served venue sends as fast as it comes, and prints the rate: a program, no test.
 *
 * <pre>
 *   ServedRate PORT PATH SUBSCRIBE FRAMES
 * </pre>
 */
final class ServedRate {
    private ServedRate() {}

    public static void main(String[] args) throws IOException {
        try (RawClient client = new RawClient(Integer.parseInt(args[0]), args[1])) {
            client.send(args[2]);
            long frames = Long.parseLong(args[3]);
            client.next();
            long bytes = 0;
            long startNs = 0;
            long[] perSecond = new long[10_000];
            for (long i = 0; i < frames; i++) {
                bytes += client.skip();
                if (startNs == 0) {
                    startNs = System.nanoTime();
                }
                perSecond[(int) ((System.nanoTime() - startNs) / 100_000_000)]++;
            }
            double seconds = (System.nanoTime() - startNs) / 1e9;
            System.out.printf("%d frames, %d bytes in %.3f s: %.0f frames/s; busiest 100 ms %d;"
                    + " own CPU %.2f s%n", frames, bytes, seconds, frames / seconds,
                    Arrays.stream(perSecond).max().orElseThrow(),
                    ((com.sun.management.OperatingSystemMXBean) ManagementFactory
                            .getOperatingSystemMXBean()).getProcessCpuTime() / 1e9);
        }
    }
}
