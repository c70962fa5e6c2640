package com.waickoff.marketdata.snapshot;

import com.waickoff.marketdata.window.Timeframe;
import org.jspecify.annotations.Nullable;

/**
 * A signal with what it was found from and by which rule, in the instrument's scaled units. Mutable,
 * so that whoever raises signals needs but one; who keeps one copies it.
 *
 * <p>It is named {@code <engine sequence>-<ordinal>}: the event it was found at, and its place, from
 * 0, among the signals of its instrument at that event.
 *
 * <p>Threads: one.
 */
public final class Signal {
    /** Most inputs. */
    public static final int INPUTS = 4;
    /** Most parameters. */
    public static final int PARAMETERS = 5;
    /** The aggressors bought. */
    public static final int BUY = 1;
    /** The aggressors sold. */
    public static final int SELL = -1;
    /** Neither side. */
    public static final int NEITHER = 0;

    private final long[] inputs = new long[INPUTS];
    private final long[] parameters = new long[PARAMETERS];
    private SignalKind kind = SignalKind.REVISED;
    private @Nullable Timeframe timeframe;
    private long windowStartMs;
    private long matchTimeNs;
    private long price;
    private int side;
    private int revision;
    private long sequence;
    private int ordinal;

    /**
     * Begins a signal of a window, without inputs and parameters.
     *
     * @param endNs end of the window, in ns since the epoch of match times
     * @param ofSide {@link #BUY}, {@link #SELL} or {@link #NEITHER}
     */
    public Signal ofWindow(SignalKind newKind, Timeframe ofTimeframe, long startMs, long endNs,
            int ofRevision, long atPrice, int ofSide) {
        begin(newKind, endNs, atPrice, ofSide);
        timeframe = ofTimeframe;
        windowStartMs = startMs;
        revision = ofRevision;
        return this;
    }

    /**
     * Begins a signal of the tape, without inputs and parameters.
     *
     * @param timeNs match time, in ns since the epoch
     * @param ofSide as above
     */
    public Signal ofTape(SignalKind newKind, long timeNs, long atPrice, int ofSide) {
        begin(newKind, timeNs, atPrice, ofSide);
        timeframe = null;
        windowStartMs = 0;
        revision = 0;
        return this;
    }

    private void begin(SignalKind newKind, long timeNs, long atPrice, int ofSide) {
        kind = newKind;
        matchTimeNs = timeNs;
        price = atPrice;
        side = ofSide;
        inputs(0, 0, 0, 0);
        parameters(0, 0, 0, 0, 0);
    }

    /** Sets the inputs, in the order of {@link SignalKind#inputs()}; 0 where it has fewer. */
    public Signal inputs(long first, long second, long third, long fourth) {
        inputs[0] = first;
        inputs[1] = second;
        inputs[2] = third;
        inputs[3] = fourth;
        return this;
    }

    /** Sets the parameters, in the order of {@link SignalKind#parameters()}. */
    public Signal parameters(long first, long second, long third, long fourth, long fifth) {
        parameters[0] = first;
        parameters[1] = second;
        parameters[2] = third;
        parameters[3] = fourth;
        parameters[4] = fifth;
        return this;
    }

    /**
     * Names it.
     *
     * @param atSequence engine sequence of the event it was found at
     * @param place from 0, among the signals of its instrument at that event
     */
    public void number(long atSequence, int place) {
        sequence = atSequence;
        ordinal = place;
    }

    /** Becomes a copy. */
    public Signal copyFrom(Signal other) {
        kind = other.kind;
        timeframe = other.timeframe;
        windowStartMs = other.windowStartMs;
        matchTimeNs = other.matchTimeNs;
        price = other.price;
        side = other.side;
        revision = other.revision;
        System.arraycopy(other.inputs, 0, inputs, 0, INPUTS);
        System.arraycopy(other.parameters, 0, parameters, 0, PARAMETERS);
        number(other.sequence, other.ordinal);
        return this;
    }

    /** Becomes what a file holds of a signal of a window or, without a timeframe, of the tape. */
    void read(SignalKind readKind, @Nullable Timeframe readTimeframe, long startMs, long timeNs,
            long atPrice, int ofSide, int ofRevision) {
        begin(readKind, timeNs, atPrice, ofSide);
        timeframe = readTimeframe;
        windowStartMs = startMs;
        revision = ofRevision;
    }

    /** What it says. */
    public SignalKind kind() {
        return kind;
    }

    /** Of which windows; null for a signal of the tape, which lies in a window of each. */
    public @Nullable Timeframe timeframe() {
        return timeframe;
    }

    /** Start of its window, in ms since the epoch of match times; 0 for a signal of the tape. */
    public long windowStartMs() {
        return windowStartMs;
    }

    /** When it happened, in ns of match time; of a window: its end. */
    public long matchTimeNs() {
        return matchTimeNs;
    }

    /** Where it happened, in the scaled price. */
    public long price() {
        return price;
    }

    /** {@link #BUY}, {@link #SELL} or {@link #NEITHER}. */
    public int side() {
        return side;
    }

    /** The revision of the window it was found in. */
    public int revision() {
        return revision;
    }

    /** Input {@code index}, in the unit that the kind names. */
    public long input(int index) {
        return inputs[index];
    }

    /** Parameter {@code index}, in the unit that the kind names. */
    public long parameter(int index) {
        return parameters[index];
    }

    /** Engine sequence of the event it was found at. */
    public long sequence() {
        return sequence;
    }

    /** Its place, from 0, among the signals of its instrument at that event. */
    public int ordinal() {
        return ordinal;
    }
}
