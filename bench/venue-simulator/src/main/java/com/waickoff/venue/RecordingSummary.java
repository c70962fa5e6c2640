package com.waickoff.venue;

import com.waickoff.venue.wire.Frame;
import com.waickoff.venue.wire.FrameContent;
import com.waickoff.venue.wire.FrameListener;
import java.util.Locale;

/** Counts what went into a recording. Not thread safe. */
final class RecordingSummary implements FrameListener {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final long[] byContent = new long[FrameContent.values().length];
    private long lines;
    private long trades;
    private long second;
    private long linesOfSecond;
    private long busiestSecond;

    @Override
    public void onFrame(Frame frame) {
        lines++;
        trades += frame.tradeCount();
        byContent[frame.content().ordinal()]++;
        long frameSecond = frame.receiveTimeNs() / NANOS_PER_SECOND;
        linesOfSecond = frameSecond == second ? linesOfSecond + 1 : 1;
        second = frameSecond;
        busiestSecond = Math.max(busiestSecond, linesOfSecond);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(lines).append(" lines (");
        String separator = "";
        for (FrameContent content : FrameContent.values()) {
            if (byContent[content.ordinal()] > 0) {
                text.append(separator)
                        .append(content.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                        .append(' ').append(byContent[content.ordinal()]);
                separator = ", ";
            }
        }
        return text.append("), ").append(trades).append(" trades, ").append(busiestSecond)
                .append(" lines in the busiest second").toString();
    }
}
