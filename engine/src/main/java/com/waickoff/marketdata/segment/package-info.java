/**
 * Cold segments: files of the journal that nothing is added to any more, a tenth as large, and the
 * same documents bit for bit when they are read.
 *
 * <p>{@link com.waickoff.marketdata.segment.SegmentFormat} says what the bytes mean.
 * {@link com.waickoff.marketdata.segment.SegmentWriter} seals a file of a journal into a segment and
 * reads it back before it counts; {@link com.waickoff.marketdata.segment.Segments} are those of a
 * journal; {@link com.waickoff.marketdata.segment.SegmentedJournal} reads on from them into the files
 * that are not sealed. What goes when is decided elsewhere.
 */
@NullMarked
package com.waickoff.marketdata.segment;

import org.jspecify.annotations.NullMarked;
