package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.effect.EffectId;

/**
 * One entry of a stream before it has its number there.
 *
 * @param instrument {@code venue:SYMBOL}: names the stream
 * @param id of the entry
 * @param fields name, value, name, value, …; the place of the number is left empty
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed on once, never compared
record BusEvent(String instrument, EffectId id, Object[] fields) {
    /** Name of the field that holds the number. */
    static final String NUMBER = "n";
    /** Where the number's value stands. */
    static final int NUMBER_INDEX = 5;

    /** The fields with the number in its place. */
    Object[] numbered(long number) {
        fields[NUMBER_INDEX] = Long.toString(number);
        return fields;
    }
}
