package com.waickoff.marketdata.journal;

/**
 * What a journal holds of one instrument, by the heads of its documents. Bytes are those of whole
 * documents in their files: framing, header, items and padding.
 *
 * @param name such as {@code bybit-linear:BTCUSDT}; its id where no definition of it can be read
 * @param trades number of trades
 * @param tradeBytes of the documents that hold them
 * @param levels number of book levels
 * @param levelBytes of the documents that hold them
 * @param firstReceiveTimeNs of its first trade or level, ns since the epoch; 0 if there is none
 * @param lastReceiveTimeNs of its last one; 0 if there is none
 */
public record InstrumentContent(String name, long trades, long tradeBytes, long levels,
        long levelBytes, long firstReceiveTimeNs, long lastReceiveTimeNs) {}
