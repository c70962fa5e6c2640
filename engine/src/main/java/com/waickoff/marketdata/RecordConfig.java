package com.waickoff.marketdata;

import com.waickoff.marketdata.feed.recording.RecorderSettings;

/**
 * What a recorder runs with.
 *
 * @param live the feeds, and the instruments that are defined; the engine's files are not touched
 * @param files where recordings go, and when the next file begins
 */
public record RecordConfig(LiveConfig live, RecorderSettings files) {}
