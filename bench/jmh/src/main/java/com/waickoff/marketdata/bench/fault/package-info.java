/**
 * What goes wrong between a venue and the engine, on purpose: how soon it is noticed and mended, and
 * what it costs.
 */
@NullMarked
package com.waickoff.marketdata.bench.fault;

import org.jspecify.annotations.NullMarked;
