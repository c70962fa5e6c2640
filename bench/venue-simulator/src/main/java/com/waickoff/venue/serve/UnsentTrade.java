package com.waickoff.venue.serve;

/**
 * A trade that was played and that no client was sent.
 *
 * @param symbol as the venue writes it
 * @param id as the venue writes it
 * @param matchTimeMs ms since the epoch, as the frame told it
 */
public record UnsentTrade(String symbol, String id, long matchTimeMs) {}
