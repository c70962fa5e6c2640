package com.waickoff.marketdata.mcp.condition;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How everything was doing at one moment.
 *
 * <p>Threads: immutable.
 *
 * @param atMs when, in ms since the epoch
 * @param components the engine first, then its feeds, its journal, the drain's sinks, the history
 */
public record Condition(long atMs, List<Component> components) {
    /** How well something is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** There on purpose is none of it. */
        OFF,
        /** It goes on, but something is missing, late or left out. */
        DEGRADED,
        /** It does nothing. */
        DOWN;

        /** As it is shown: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What something is. */
    public enum Kind {
        /** The process that keeps the market. */
        ENGINE,
        /** A connection to a venue. */
        FEED,
        /** What the engine writes down. */
        JOURNAL,
        /** Frames and events, each of which must be accounted for. */
        ACCOUNTS,
        /** An instrument that is not as usual. */
        INSTRUMENT,
        /** What the drain carries into. */
        SINK,
        /** What is asked about the past. */
        HISTORY;

        /** As it is shown: lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One part.
     *
     * @param name such as {@code bybit-linear} of a feed; unique among those of its kind
     * @param reason a code in snake_case that never changes its meaning; {@code ok} where all is well
     * @param lagMs how old what it last gave is, or how far it is behind; null where nobody knows
     * @param note for people, may be empty
     */
    public record Component(Kind kind, String name, Level level, String reason,
            @Nullable Long lagMs, String note) {
        /** Where all is as it should be. */
        static final String FINE = "ok";

        /** {@code kind:name}, or the kind alone where there is one of it. */
        public String label() {
            return name.isEmpty() ? kind.label() : kind.label() + ':' + name;
        }
    }

    /** The list is copied. */
    public Condition {
        components = List.copyOf(components);
    }

    /** Of the whole: down if the engine is, else degraded if anything is not well. */
    public Level level() {
        if (components.stream().anyMatch(component -> component.kind() == Kind.ENGINE
                && component.level() == Level.DOWN)) {
            return Level.DOWN;
        }
        return components.stream().allMatch(component -> component.level() == Level.OK
                || component.level() == Level.OFF) ? Level.OK : Level.DEGRADED;
    }

    /** Those of a kind. */
    public List<Component> of(Kind kind) {
        return components.stream().filter(component -> component.kind() == kind).toList();
    }
}
