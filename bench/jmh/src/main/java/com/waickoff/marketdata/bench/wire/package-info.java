/** From a socket to the snapshot file, with the engine as a process of its own. */
@NullMarked
package com.waickoff.marketdata.bench.wire;

import org.jspecify.annotations.NullMarked;
