/**
 * What the engine knows now: its files, opened and reopened, and what a reading is worth.
 *
 * <p>Of the engine only pure types and the readers of its files are used; nothing here waits for it.
 */
@NullMarked
package com.waickoff.marketdata.mcp.live;

import org.jspecify.annotations.NullMarked;
