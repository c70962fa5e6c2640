package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.status.Counter;
import com.waickoff.marketdata.status.CounterBlock;
import java.util.List;

/**
 * Types of events that nobody asked for. Those that the venue is known to have are of no interest; one
 * that this version does not know is left alone just so, and people are told of it, once: something
 * new may be worth having, or replace what is being collected.
 *
 * <p>Allocates at the first frame of a type alone. Threads: the feed thread.
 */
public final class UnknownTypes {
    /** Types that are told apart; a venue that invents names shall not fill the memory. */
    static final int MOST_TYPES = 32;

    private static final int KNOWN = 0;
    private static final int TOLD = 1;
    private static final String CODE = "unknown_type";
    private static final byte DELETE = 0x7f;

    private final SymbolTable types = new SymbolTable();
    private final CounterBlock counters;
    private final FeedNotices notices;
    private int told;
    private boolean isUnreadableTold;

    /**
     * Nothing told.
     *
     * @param known what the venue is known to send, whoever wants it
     */
    public UnknownTypes(FeedPorts ports, List<String> known) {
        this.counters = ports.counters();
        this.notices = ports.notices();
        known.forEach(type -> types.put(type, KNOWN));
    }

    /**
     * What becomes of a frame that nobody asked for.
     *
     * @param type address of its type's name
     * @param length of the name; of a longer one than any venue has the beginning counts
     */
    public Counter fate(long type, int length) {
        int size = Math.min(length, SymbolTable.MAX_LENGTH);
        int found = types.find(type, size);
        if (found == SymbolTable.MISSING) {
            tell(type, size);
        }
        return found == KNOWN ? Counter.IGNORED_OTHER_CHANNEL : Counter.IGNORED_UNKNOWN_TYPE;
    }

    private void tell(long type, int length) {
        boolean isReadable = isReadable(type, length);
        if (told == MOST_TYPES || (!isReadable && isUnreadableTold)) {
            return;
        }
        told++;
        counters.increment(Counter.UNKNOWN_TYPES);
        String name = isReadable ? Ascii.text(type, length) : "?";
        if (isReadable) {
            types.put(name, TOLD);
        }
        isUnreadableTold |= !isReadable;
        notices.onError(CODE, "events of type \"" + name + "\" are not known, and ignored"
                + (told == MOST_TYPES ? "; of further types nothing is said" : ""));
    }

    /** Whether it is a name that a person could have given. */
    private static boolean isReadable(long type, int length) {
        for (int i = 0; i < length; i++) {
            byte letter = Ascii.byteAt(type + i);
            if (letter <= ' ' || letter == '"' || letter == '\\' || letter == DELETE) {
                return false;
            }
        }
        return length != 0;
    }
}
