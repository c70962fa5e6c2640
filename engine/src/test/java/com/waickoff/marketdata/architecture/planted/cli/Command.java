package com.waickoff.marketdata.architecture.planted.cli;

/** Allowed: a person at a terminal lives in real time. */
public final class Command {
    public long nanos() {
        return System.nanoTime();
    }
}
