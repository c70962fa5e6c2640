/** Clients of a WebSocket on loopback, side by side: what a frame costs before anybody decodes it. */
@NullMarked
package com.waickoff.marketdata.bench.framing;

import org.jspecify.annotations.NullMarked;
