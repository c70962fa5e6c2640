package com.waickoff.marketdata.journal;

/**
 * An event that somebody has seen, so that a journal that ends before it was cut off.
 *
 * @param sequence of the event
 * @param who has seen it, in words, such as {@code the checkpoint}
 */
public record KnownEvent(long sequence, String who) {}
