/**
 * Benchmarks. Each opens with what it measures and where its input comes from.
 */
@NullMarked
package com.waickoff.marketdata.bench;

import org.jspecify.annotations.NullMarked;
