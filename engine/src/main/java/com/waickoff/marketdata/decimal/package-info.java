/**
 * Exact decimals: ASCII digits ⇄ scaled longs, without garbage and without rounding.
 *
 * <p>{@link com.waickoff.marketdata.decimal.Ascii} is how the whole engine looks at bytes in native
 * memory; {@link com.waickoff.marketdata.decimal.Decimal} turns them into numbers and back.
 */
@NullMarked
package com.waickoff.marketdata.decimal;

import org.jspecify.annotations.NullMarked;
