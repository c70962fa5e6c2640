package com.waickoff.venue.recording;

import com.waickoff.venue.wire.FrameContent;
import java.util.Locale;

/**
 * The record of one fault.
 *
 * @param line number of the recording's line that bears it, from 1; of a dropped frame the line
 *        before it
 * @param receiveTimeNs receive time of the frame, of a late one the delayed time
 * @param fault what went wrong
 * @param content what the frame told
 * @param instrument number of the instrument, or
 *        {@link com.waickoff.venue.wire.Frame#NO_INSTRUMENT}
 * @param trades number of trades the frame told
 * @param detail in words, without commas
 */
public record InjectedFault(long line, long receiveTimeNs, Fault fault, FrameContent content,
        int instrument, int trades, String detail) {
    /** Header of a log of faults. */
    public static final String CSV_HEADER = "line,receive_time_ns,fault,content,"
            + "instrument,trades,detail";

    /** As a line of a log of faults. */
    public String csv() {
        return String.join(",", Long.toString(line), Long.toString(receiveTimeNs), name(fault),
                name(content), Integer.toString(instrument), Integer.toString(trades), detail);
    }

    private static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
