package com.waickoff.marketdata.storage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback for what must be told its port before it listens, or keeps it while it does not:
 * none that the system gives to somebody else meanwhile, who asks for any or only connects.
 *
 * <p>Threads: any. Tests that run in other processes at the same time have others.
 */
public final class TestPorts {
    /** Behind those of usual services; the system's own begin at 32,768 or later. */
    private static final int FIRST = 10_000;
    private static final int COUNT = 22_000;
    /** So many belong to a process before those of another one begin. */
    private static final int OF_A_PROCESS = 88;
    private static final AtomicInteger NEXT = new AtomicInteger(
            (int) (ProcessHandle.current().pid() % (COUNT / OF_A_PROCESS)) * OF_A_PROCESS);

    private TestPorts() {}

    /** One on which nobody listens. */
    public static int next() {
        int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
        while (isTaken(port)) {
            port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
        }
        return port;
    }

    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !socket.isBound();
        } catch (IOException taken) {
            return true;
        }
    }
}
