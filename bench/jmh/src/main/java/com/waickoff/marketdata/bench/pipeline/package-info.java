/** The whole way of an event, in one process: garbage, throughput, and what the journal costs. */
@NullMarked
package com.waickoff.marketdata.bench.pipeline;

import org.jspecify.annotations.NullMarked;
