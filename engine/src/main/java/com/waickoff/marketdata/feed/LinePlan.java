package com.waickoff.marketdata.feed;

import java.util.Arrays;

/**
 * Which line carries what. Streams fill a line up to what the venue takes on one connection, then
 * another line begins; what was placed once stays where it is.
 *
 * <p>Threads: the feed thread.
 */
public final class LinePlan {
    private final int mostStreams;
    private final int mostCharacters;
    private final int[] kinds = new int[VenueProtocol.MOST_LINES];
    private final int[] streams = new int[VenueProtocol.MOST_LINES];
    private final int[] characters = new int[VenueProtocol.MOST_LINES];
    private int count;

    /**
     * A plan with one empty line of kind 0.
     *
     * @param mostStreams on one line
     * @param mostCharacters of the names of streams on one line, as they are written in requests
     */
    public LinePlan(int mostStreams, int mostCharacters) {
        this.mostStreams = mostStreams;
        this.mostCharacters = mostCharacters;
        this.count = 1;
    }

    /**
     * Places streams that have to be on one line.
     *
     * @param kind of line they need, such as one of several hosts or paths of the venue
     * @return the line; the last one, over what the venue takes, if there can be no more
     */
    public int place(int kind, int streamCount, int characterCount) {
        int line = 0;
        while (line < count && !hasRoom(line, kind, streamCount, characterCount)) {
            line++;
        }
        if (line == count) {
            if (count == VenueProtocol.MOST_LINES) {
                line = lastOf(kind);
            } else {
                count++;
            }
        }
        kinds[line] = kind;
        streams[line] += streamCount;
        characters[line] += characterCount;
        return line;
    }

    private boolean hasRoom(int line, int kind, int streamCount, int characterCount) {
        if (streams[line] == 0) {
            return true; // nothing is on it, so it may become of any kind
        }
        return kinds[line] == kind && streams[line] + streamCount <= mostStreams
                && characters[line] + characterCount <= mostCharacters;
    }

    private int lastOf(int kind) {
        int line = count - 1;
        while (line > 0 && kinds[line] != kind) {
            line--;
        }
        return line;
    }

    /** Number of lines. */
    public int lines() {
        return count;
    }

    /** What a line is for. */
    public int kind(int line) {
        return kinds[line];
    }

    /** Streams on a line. */
    public int streams(int line) {
        return streams[line];
    }

    @Override
    public String toString() {
        return "streams on lines: " + Arrays.toString(Arrays.copyOf(streams, count));
    }
}
