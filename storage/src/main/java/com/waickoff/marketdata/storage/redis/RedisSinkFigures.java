package com.waickoff.marketdata.storage.redis;

/**
 * What a sink did since it was made.
 *
 * @param written entries that the server confirmed
 * @param skipped effects given again whose entries were there already
 * @param connections opened to write
 * @param failures calls that ended with a failure
 * @param cacheFailures how often the cache could not be reached
 */
public record RedisSinkFigures(long written, long skipped, long connections, long failures,
        long cacheFailures) {}
