package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.feed.BackOff;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a sink that may fail, and what follows from it: the failure is counted, and time passes. The
 * first of a row is told to people, and that it is over.
 *
 * <p>Threads: the lane's.
 */
final class SinkCalls {
    private final String sink;
    private final BackOff backOff;
    private final LaneStatus status;
    private final LaneWorld world;
    private final StopSignal stop;

    /** Asks a sink something. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws SinkUnavailableException, SinkFencedException;
    }

    SinkCalls(String sink, BackOff backOff, LaneStatus status, LaneWorld world, StopSignal stop) {
        this.sink = sink;
        this.backOff = backOff;
        this.status = status;
        this.world = world;
        this.stop = stop;
    }

    /** Asks until there is an answer; null if the lane is to stop before that. */
    <T> @Nullable T untilItAnswers(Question<T> question) throws SinkFencedException {
        while (!stop.isRequested()) {
            try {
                T answer = question.ask();
                succeeded();
                return answer;
            } catch (SinkUnavailableException | RuntimeException e) {
                failed(e);
            }
        }
        return null;
    }

    /** It did what it was asked. */
    void succeeded() {
        if (backOff.failures() > 0) {
            world.notes().accept("lane " + sink + ": its server answers again, after "
                    + backOff.failures() + " failures");
        }
        backOff.succeeded();
    }

    /** It did not, or nobody knows; a mistake of the sink's own counts as that. Waits. */
    void failed(Exception why) {
        String reason = why instanceof SinkUnavailableException
                ? String.valueOf(why.getMessage()) : why.toString();
        if (backOff.failures() == 0) {
            world.notes().accept("lane " + sink + ": " + reason
                    + "; it is tried again until it answers, the journal keeps the rest");
        }
        status.state(LaneState.RETRYING);
        status.failed(reason, world.epochMs().getAsLong());
        stop.await(backOff.nextMs());
    }
}
