package com.waickoff.marketdata.status;

import org.agrona.concurrent.AtomicBuffer;

/** A copy of the counters of one owner. */
public final class CounterReading {
    private final String owner;
    private final long[] values = new long[Counter.PLACES];

    private CounterReading(String owner) {
        this.owner = owner;
    }

    static CounterReading copy(String owner, AtomicBuffer buffer, int offset) {
        CounterReading reading = new CounterReading(owner);
        for (int id = 0; id < reading.values.length; id++) {
            reading.values[id] = buffer.getLongVolatile(offset + id * Long.BYTES);
        }
        return reading;
    }

    /** Whose counters these are. */
    public String owner() {
        return owner;
    }

    /** The value of a counter. */
    public long get(Counter counter) {
        return values[counter.id()];
    }
}
