/**
 * A venue on this machine: serves recorded or synthetic market data over the real protocols, with
 * faults on demand. Knows nothing of the engine, so that it can prove it wrong.
 */
@NullMarked
package com.waickoff.marketdata.simulator;

import org.jspecify.annotations.NullMarked;
