package com.waickoff.marketdata.feed.recording;

/**
 * Makes JSON fit into a line. Between tokens TAB and line ends mean as much as a space, so they
 * become spaces; within a string JSON has no place for them, and neither has a recording.
 *
 * <p>Threads: pure.
 */
final class OneLine {
    private OneLine() {}

    /** Whether the bytes are now free of TAB and line ends, and mean what they meant. */
    static boolean make(byte[] bytes, int from, int to) {
        boolean isInString = false;
        for (int i = from; i < to; i++) {
            byte value = bytes[i];
            if (value == '\t' || value == '\n' || value == '\r') {
                if (isInString) {
                    return false;
                }
                bytes[i] = ' ';
            } else if (value == '"') {
                isInString = !isInString;
            } else if (value == '\\' && isInString && i + 1 < to && bytes[i + 1] >= ' ') {
                i++;
            }
        }
        return true;
    }
}
