package com.waickoff.marketdata.snapshot;

/**
 * The instruments whose sections a study has to write at the end of the batch, each once, in the
 * order in which they first changed.
 *
 * <p>Threads: one study thread.
 */
public final class ChangedInstruments {
    private final boolean[] isChanged;
    private final int[] ids;
    private int count;

    /**
     * Nothing has changed.
     *
     * @param capacity instrument ids are below this
     */
    public ChangedInstruments(int capacity) {
        isChanged = new boolean[capacity];
        ids = new int[capacity];
    }

    /** This instrument has changed. */
    public void add(int instrumentId) {
        if (!isChanged[instrumentId]) {
            isChanged[instrumentId] = true;
            ids[count++] = instrumentId;
        }
    }

    /** How many have changed. */
    public int count() {
        return count;
    }

    /** Id of the changed instrument {@code index}, below {@link #count()}. */
    public int id(int index) {
        return ids[index];
    }

    /** All were written. */
    public void clear() {
        for (int i = 0; i < count; i++) {
            isChanged[ids[i]] = false;
        }
        count = 0;
    }
}
