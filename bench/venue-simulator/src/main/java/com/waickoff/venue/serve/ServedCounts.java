package com.waickoff.venue.serve;

/**
 * What a served venue has done so far.
 *
 * @param played frames of all streams, subscribed or not
 * @param ended whether all frames have been played
 * @param connections open now
 * @param accepted connections so far
 * @param refused attempts to connect so far that were refused
 * @param requests REST requests so far
 * @param faults so far
 * @param slowClients cut so far because they did not read
 */
public record ServedCounts(long played, boolean ended, int connections, int accepted, long refused,
        long requests, long faults, long slowClients) {}
