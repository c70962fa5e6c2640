/**
 * Concurrency stress tests of the shipped classes; each outcome says what it means.
 *
 * <p>Built and run apart from everything else: see the profile {@code jcstress} of this module.
 */
@NullMarked
package com.waickoff.marketdata.bench.stress;

import org.jspecify.annotations.NullMarked;
