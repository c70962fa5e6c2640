/**
 * How long which tier keeps what, and who lets go of it.
 *
 * <pre>
 *   hot                          warm                cold
 *   journal files ──── sealed ─────────────────────► segments ─── by age, by bytes ──► gone
 *         └── a day at a time ─────────────────────► Parquet  ─── by age, by bytes ──► gone
 *   Redis (bounded as it is written)   MongoDB ───── by age, by bytes ───────────────► gone
 * </pre>
 *
 * <p>{@link com.waickoff.marketdata.storage.retention.RetentionPolicy} says what would go and why the
 * rest stays, and touches nothing; {@link com.waickoff.marketdata.storage.retention.Retention} does
 * it; {@link com.waickoff.marketdata.storage.retention.RetentionSchedule} does it again and again.
 */
@NullMarked
package com.waickoff.marketdata.storage.retention;

import org.jspecify.annotations.NullMarked;
