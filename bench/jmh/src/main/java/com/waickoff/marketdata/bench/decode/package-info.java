/** From a venue's bytes to events: decoders, and what they are measured against. */
@NullMarked
package com.waickoff.marketdata.bench.decode;

import org.jspecify.annotations.NullMarked;
