package com.waickoff.marketdata.snapshot;

/**
 * Which state of which section a view is a copy of. Closed windows change once a window: whoever asks
 * more often need not copy them each time.
 *
 * @param epoch of the run that wrote the file
 * @param section offset of the section
 * @param writes completed before the copy was made
 */
record CopyMark(long epoch, int section, long writes) {}
