package com.waickoff.venue.serve;

import com.waickoff.venue.Venue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The streams a source has, by number, by name and by the bytes of a name. Which streams there are
 * does not change: any thread may look.
 */
final class MarketStreams {
    /** No such stream. */
    static final int MISSING = -1;

    private final List<MarketStream> streams = new ArrayList<>();
    private final Map<String, MarketStream> byName = new LinkedHashMap<>();
    private final int[] slots;

    MarketStreams(Venue venue, Collection<String> names) {
        for (String name : names) {
            MarketStream stream = MarketStream.of(venue, name, streams.size());
            if (byName.put(name, stream) == null) {
                streams.add(stream);
            }
        }
        // At most half full.
        slots = new int[Integer.highestOneBit(Math.max(8, streams.size())) << 2];
        Arrays.fill(slots, MISSING);
        for (int i = 0; i < streams.size(); i++) {
            byte[] name = streams.get(i).nameBytes();
            int slot = hash(name, 0, name.length) & (slots.length - 1);
            while (slots[slot] != MISSING) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i;
        }
    }

    MarketStream get(int number) {
        return streams.get(number);
    }

    @Nullable
    MarketStream get(String name) {
        return byName.get(name);
    }

    List<MarketStream> all() {
        return streams;
    }

    /** The number of the stream whose name stands there, or {@link #MISSING}. */
    int find(byte[] bytes, int from, int to) {
        int slot = hash(bytes, from, to) & (slots.length - 1);
        while (slots[slot] != MISSING) {
            byte[] name = streams.get(slots[slot]).nameBytes();
            if (Arrays.equals(name, 0, name.length, bytes, from, to)) {
                return slots[slot];
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return MISSING;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 1;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash ^ (hash >>> 15);
    }
}
