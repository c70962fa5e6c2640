/**
 * Recordings of live feeds: what a venue sends goes to files before a protocol sees it.
 *
 * <pre>
 *   socket ─► RecordedProtocol ─► the venue's own protocol ─► DiscardingSink
 *                    │      ▲                │
 *                    ▼      └ RecordedTransport ◄ what it asks of the venue
 *               FrameLog ─► blocks ─► RecordingFiles     (a thread of its own)
 * </pre>
 *
 * <p>{@link com.waickoff.marketdata.feed.recording.Recorder} is the door. The venue's protocol goes
 * on subscribing, joining books and asking for what is missing, so that a recording holds what a
 * replay needs. What is hot is free of garbage and never waits for a disk.
 */
@NullMarked
package com.waickoff.marketdata.feed.recording;

import org.jspecify.annotations.NullMarked;
