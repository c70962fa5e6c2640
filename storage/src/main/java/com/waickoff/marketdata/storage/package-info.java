/**
 * What outlives the engine: drains that carry the journal to MongoDB and Redis, retention, the
 * history that readers ask, and the embedded stores for a machine that has neither.
 *
 * <p>This room itself is where the configuration becomes settings of the others, and the door by which
 * other programs come to the history.
 *
 * <p>Everything here is a projection of the journal and can be rebuilt from it.
 */
@NullMarked
package com.waickoff.marketdata.storage;

import org.jspecify.annotations.NullMarked;
