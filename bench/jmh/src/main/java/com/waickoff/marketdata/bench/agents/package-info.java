/** Agents beside a running engine: what they cost it, how many there may be, and what goes wrong. */
@NullMarked
package com.waickoff.marketdata.bench.agents;

import org.jspecify.annotations.NullMarked;
