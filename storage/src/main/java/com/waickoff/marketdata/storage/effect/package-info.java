/**
 * What the events of a journal lead to outside the engine: each trade, each closed or revised window
 * and each derived event, as values. Pure: knows no database, no thread and no clock.
 */
@NullMarked
package com.waickoff.marketdata.storage.effect;

import org.jspecify.annotations.NullMarked;
