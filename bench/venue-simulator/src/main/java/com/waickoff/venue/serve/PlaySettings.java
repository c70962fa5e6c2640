package com.waickoff.venue.serve;

import java.util.List;
import java.util.Optional;

/**
 * How frames are played.
 *
 * @param times what becomes of the times in payloads
 * @param pace by what the frames are timed
 * @param value speed (1 is real time) or frames a second, by pace
 * @param startOnSubscribe whether nothing is played until the expected streams are subscribed
 * @param expected names of those streams, none for any; empty for: of each symbol one that tells
 *        trades and one that tells the book, as far as the source has any
 * @param answersAsRecorded whether the first request for a book gets the recorded answer, at its
 *        place among the frames
 * @param hold whether connections stay open at the end
 * @param busy whether the event loop spins for exact times instead of sleeping up to 1 ms
 * @param readAheadBytes most bytes of frames that wait to be played
 * @param clock by which the venue lives
 */
public record PlaySettings(Times times, Pace pace, double value, boolean startOnSubscribe,
        Optional<List<String>> expected, boolean answersAsRecorded, boolean hold, boolean busy,
        long readAheadBytes, VenueClock clock) {
    /** What becomes of the times in payloads. */
    public enum Times {
        /** Not a letter is touched. */
        KEPT,
        /** They are moved so that the first frame is of the time it is played. */
        REBASED
    }

    /** By what the frames are timed. */
    public enum Pace {
        /** By their receive times, so many times faster. */
        SPEED,
        /** So many a second, whatever their times. */
        FRAMES_PER_SECOND,
        /** As fast as they are taken. */
        UNLIMITED
    }

    private static final long DEFAULT_READ_AHEAD = 32L << 20;

    /** Checks ranges. */
    public PlaySettings {
        if (!(value > 0)) {
            throw new IllegalArgumentException("speed must be above 0: " + value);
        }
        if (readAheadBytes < 1) {
            throw new IllegalArgumentException("read-ahead must be above 0: " + readAheadBytes);
        }
        expected = expected.map(List::copyOf);
    }

    /** In real time from the start on, times kept, nobody waited for. */
    public static PlaySettings standard() {
        return new PlaySettings(Times.KEPT, Pace.SPEED, 1, false, Optional.empty(), true, false,
                false, DEFAULT_READ_AHEAD, VenueClock.OF_THE_MACHINE);
    }

    public PlaySettings withTimes(Times newTimes) {
        return new PlaySettings(newTimes, pace, value, startOnSubscribe, expected,
                answersAsRecorded, hold, busy, readAheadBytes, clock);
    }

    /** So many times faster than recorded. */
    public PlaySettings withSpeed(double speed) {
        return new PlaySettings(times, Pace.SPEED, speed, startOnSubscribe, expected,
                answersAsRecorded, hold, busy, readAheadBytes, clock);
    }

    public PlaySettings withFramesPerSecond(double frames) {
        return new PlaySettings(times, Pace.FRAMES_PER_SECOND, frames, startOnSubscribe, expected,
                answersAsRecorded, hold, busy, readAheadBytes, clock);
    }

    /** As fast as the subscribers take it. */
    public PlaySettings unlimited() {
        return new PlaySettings(times, Pace.UNLIMITED, 1, startOnSubscribe, expected,
                answersAsRecorded, hold, busy, readAheadBytes, clock);
    }

    /** Waits for a stream of trades and of the book of each symbol. */
    public PlaySettings startingOnSubscribe() {
        return new PlaySettings(times, pace, value, true, Optional.empty(), answersAsRecorded,
                hold, busy, readAheadBytes, clock);
    }

    /** Waits for these streams. */
    public PlaySettings startingOnSubscribe(List<String> names) {
        return new PlaySettings(times, pace, value, true, Optional.of(names), answersAsRecorded,
                hold, busy, readAheadBytes, clock);
    }

    /** Waits for any stream at all. */
    public PlaySettings startingOnFirstSubscription() {
        return startingOnSubscribe(List.of());
    }

    public PlaySettings withAnswersAsRecorded(boolean asRecorded) {
        return new PlaySettings(times, pace, value, startOnSubscribe, expected, asRecorded, hold,
                busy, readAheadBytes, clock);
    }

    /** Connections stay open at the end. */
    public PlaySettings holding() {
        return new PlaySettings(times, pace, value, startOnSubscribe, expected, answersAsRecorded,
                true, busy, readAheadBytes, clock);
    }

    /** Spins for exact times. */
    public PlaySettings spinning() {
        return new PlaySettings(times, pace, value, startOnSubscribe, expected, answersAsRecorded,
                hold, true, readAheadBytes, clock);
    }

    public PlaySettings withReadAheadBytes(long bytes) {
        return new PlaySettings(times, pace, value, startOnSubscribe, expected, answersAsRecorded,
                hold, busy, bytes, clock);
    }

    /** By another clock. */
    public PlaySettings withClock(VenueClock newClock) {
        return new PlaySettings(times, pace, value, startOnSubscribe, expected, answersAsRecorded,
                hold, busy, readAheadBytes, newClock);
    }
}
