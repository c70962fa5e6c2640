package com.waickoff.marketdata.feed.binance;

import java.util.List;

/**
 * What of a Binance market is wanted.
 *
 * @param symbols as the venue writes them; their definitions are asked for unless they are given
 * @param tape the stream trades are taken from; the other one is ignored
 * @param depthStream the stream of book diffs, such as {@code depth@100ms}; empty takes the one that
 *     comes first, for recordings, and asks for {@link #DEFAULT_DEPTH_STREAM}
 * @param snapshotLevels levels a side of the REST snapshot
 * @param bufferBytes most bytes of diffs of one instrument that wait for its snapshot
 * @param maxFrameBytes longest frame that is decoded
 */
public record BinanceSettings(List<String> symbols, Tape tape, String depthStream,
        int snapshotLevels, int bufferBytes, int maxFrameBytes) {
    /** Where trades come from. */
    public enum Tape {
        /** {@code @trade}: each fill. */
        TRADE,
        /** {@code @aggTrade}: fills of one taker order at one price, merged. */
        AGG_TRADE
    }

    /** Stream of diffs that is asked for unless configured. */
    public static final String DEFAULT_DEPTH_STREAM = "depth@100ms";
    /** Levels a side of the snapshot unless configured; both markets serve as many. */
    public static final int DEFAULT_SNAPSHOT_LEVELS = 1000;
    /** Levels a side of the deepest snapshot there is; where a market has less, it is that. */
    public static final int MOST_SNAPSHOT_LEVELS = 5000;
    /** Bytes of waiting diffs unless configured: some seconds of the busiest book. */
    public static final int DEFAULT_BUFFER_BYTES = 512 << 10;
    /** Longest frame unless configured. */
    public static final int DEFAULT_MAX_FRAME_BYTES = 4 << 20;

    /** Checks ranges. */
    public BinanceSettings {
        symbols = List.copyOf(symbols);
        if (!depthStream.isEmpty() && BinanceStreams.diffIndex(depthStream) < 0) {
            throw new IllegalArgumentException("depthStream is \"" + depthStream
                    + "\", allowed is " + BinanceStreams.diffStreams() + " or nothing");
        }
        if (snapshotLevels < 1 || snapshotLevels > Market.SPOT.deepestSnapshot) {
            throw new IllegalArgumentException("snapshotLevels is " + snapshotLevels
                    + ", allowed is 1 to " + Market.SPOT.deepestSnapshot);
        }
        if (bufferBytes < 1 << 12 || maxFrameBytes < 1) {
            throw new IllegalArgumentException("bufferBytes is " + bufferBytes
                    + " and maxFrameBytes " + maxFrameBytes + ", at least 4096 and 1 are needed");
        }
    }

    /** Symbols with the defaults of everything else. */
    public static BinanceSettings of(List<String> symbols) {
        return new BinanceSettings(symbols, Tape.TRADE, DEFAULT_DEPTH_STREAM,
                DEFAULT_SNAPSHOT_LEVELS, DEFAULT_BUFFER_BYTES, DEFAULT_MAX_FRAME_BYTES);
    }

    /** For recordings: trades from {@code tape}, books from whichever diffs come first. */
    public static BinanceSettings ofRecording(List<String> symbols, Tape tape) {
        return new BinanceSettings(symbols, tape, "", DEFAULT_SNAPSHOT_LEVELS,
                DEFAULT_BUFFER_BYTES, DEFAULT_MAX_FRAME_BYTES);
    }
}
