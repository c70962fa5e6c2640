package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.status.StatusFormat.InstrumentEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A copy of what is said of an instrument that is, or was, not traded as usual.
 *
 * @param name {@code venue:SYMBOL}
 * @param state {@link InstrumentState#TRADING} where all is well again
 * @param sinceNs when that began, in ns since the epoch
 * @param detail why, for people; may be empty
 */
public record InstrumentReading(String name, InstrumentState state, long sinceNs,
        String detail) {

    static InstrumentReading copy(String name, AtomicBuffer buffer, int offset) {
        InstrumentReading[] copied = new InstrumentReading[1];
        long read = new SeqLock(buffer, offset + InstrumentEntry.LOCK_OFFSET).read(
                () -> copied[0] = new InstrumentReading(name,
                        InstrumentState.of(
                                buffer.getInt(offset + InstrumentEntry.STATE_OFFSET_32)),
                        buffer.getLong(offset + InstrumentEntry.SINCE_OFFSET_64),
                        TextField.get(buffer, offset + InstrumentEntry.DETAIL_OFFSET,
                                InstrumentEntry.DETAIL_LENGTH)));
        return read == SeqLock.RETRIES_EXHAUSTED
                ? new InstrumentReading(name, InstrumentState.UNKNOWN, 0,
                        "its writer died in a write")
                : copied[0];
    }
}
