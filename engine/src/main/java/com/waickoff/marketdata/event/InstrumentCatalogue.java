package com.waickoff.marketdata.event;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every instrument definition of a journal, by id. Ids are given out in order and never reused.
 *
 * <p>Threads: definitions are added by one thread (a feed, or the reader of a journal) and read by
 * any: a definition is visible to whoever sees its {@code INSTRUMENT} event.
 */
public final class InstrumentCatalogue {
    private final @Nullable Instrument[] byId;
    private volatile int count;

    /**
     * An empty catalogue.
     *
     * @param capacity most definitions it can hold, 1 to 65,536; each keeps its place for ever
     */
    public InstrumentCatalogue(int capacity) {
        if (capacity < 1 || capacity > 1 << 16) {
            throw new IllegalArgumentException(
                    "instrument capacity is " + capacity + ", allowed is 1 to 65536");
        }
        byId = new Instrument[capacity];
    }

    /**
     * The id of this definition: the one it has already, else a new one.
     *
     * @param definition its own id is not looked at
     * @throws IllegalStateException if the catalogue is full
     */
    public Instrument define(Instrument definition) {
        Instrument latest = find(definition.venue(), definition.symbol());
        if (latest != null && latest.sameDefinition(definition)) {
            return latest;
        }
        return append(definition.withId(count));
    }

    /**
     * Takes over a definition that already has its id, as a journal gives it.
     *
     * @throws IllegalStateException if the id is out of order or already means something else
     */
    public void restore(Instrument definition) {
        int id = definition.id();
        if (id < count) {
            Instrument known = get(id);
            if (!known.sameDefinition(definition)) {
                throw new IllegalStateException("instrument id " + id + " is " + known.name()
                        + " and cannot become " + definition.name());
            }
            return;
        }
        if (id != count) {
            throw new IllegalStateException("instrument id " + id + " of " + definition.name()
                    + " does not follow " + (count - 1));
        }
        append(definition);
    }

    private Instrument append(Instrument definition) {
        int id = count;
        if (id == byId.length) {
            throw new IllegalStateException("the catalogue holds " + byId.length
                    + " instruments and has no room for " + definition.name()
                    + "; instruments.capacity makes room for more");
        }
        byId[id] = definition;
        count = id + 1;
        return definition;
    }

    /**
     * The definition with this id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Instrument get(int id) {
        Instrument instrument = id >= 0 && id < count ? byId[id] : null;
        if (instrument == null) {
            throw new IllegalArgumentException(
                    "no instrument has id " + id + "; there are " + count);
        }
        return instrument;
    }

    /** The newest definition of a symbol, or null. */
    public @Nullable Instrument find(String venue, String symbol) {
        for (int id = count - 1; id >= 0; id--) {
            Instrument candidate = get(id);
            if (candidate.symbol().equals(symbol) && candidate.venue().equals(venue)) {
                return candidate;
            }
        }
        return null;
    }

    /** Number of definitions; ids are 0 to this minus one. */
    public int count() {
        return count;
    }

    /** Most definitions this catalogue can hold. */
    public int capacity() {
        return byId.length;
    }

    /** All definitions in the order of their ids. */
    public List<Instrument> all() {
        List<Instrument> all = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            all.add(get(id));
        }
        return all;
    }
}
