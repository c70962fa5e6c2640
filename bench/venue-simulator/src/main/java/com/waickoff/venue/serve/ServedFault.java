package com.waickoff.venue.serve;

import java.util.Locale;

/**
 * The record of one fault.
 *
 * @param connection number of the connection, from 1 in the order they came; 0 where it was done
 *        to all who get the stream
 * @param frame number of the frame of market data on that connection, from 1; 0 for what was done
 *        before any, or to all
 * @param timeMs what the venue's clock showed, ms since the epoch
 * @param fault what went wrong
 * @param stream what the frame was of; empty for what was done by hand
 */
public record ServedFault(int connection, long frame, long timeMs, LineFault fault, String stream) {
    /** Header of a log of faults. */
    public static final String CSV_HEADER = "connection,frame,time_ms,fault,stream";

    /** As a line of a log of faults. */
    public String csv() {
        return connection + "," + frame + "," + timeMs + ","
                + fault.name().toLowerCase(Locale.ROOT).replace('_', '-') + "," + stream;
    }
}
