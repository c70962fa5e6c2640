package com.waickoff.venue.serve;

/**
 * Why somebody does not get in.
 *
 * @param status of the HTTP answer
 * @param retryAfterSeconds what Retry-After says; 0 for none
 */
record Refusal(int status, int retryAfterSeconds) {}
