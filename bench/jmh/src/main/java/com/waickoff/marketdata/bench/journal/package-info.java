/**
 * What becomes of a journal when its process is killed, its disk is full or its files are changed:
 * what is lost, who notices, and how long it takes until the engine is back.
 */
@NullMarked
package com.waickoff.marketdata.bench.journal;

import org.jspecify.annotations.NullMarked;
