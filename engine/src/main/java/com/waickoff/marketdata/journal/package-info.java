/**
 * The journal: every event of the engine, in order, in files. It is the truth; snapshots and
 * databases are projections of it.
 *
 * <p>{@link com.waickoff.marketdata.journal.JournalFormat} says what the bytes mean.
 * {@link com.waickoff.marketdata.journal.Journal} opens a directory for the one engine that may
 * write it, {@link com.waickoff.marketdata.journal.JournalHandler} turns events into documents, and
 * {@link com.waickoff.marketdata.journal.JournalTail} turns documents into the same events again,
 * for restart, drains and replay. {@link com.waickoff.marketdata.journal.JournalVerifier} looks
 * for damage.
 *
 * <p>Chronicle Queue appends; it is named in {@code ChronicleAppender} only. Reading does
 * without it: readers map the files by themselves, check every length before they believe it, write
 * nothing and take no lock.
 */
@NullMarked
package com.waickoff.marketdata.journal;

import org.jspecify.annotations.NullMarked;
