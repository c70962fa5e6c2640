/**
 * The commands of storage: {@code waickoff drain} and what belongs to it. Makes sinks of settings.
 */
@NullMarked
package com.waickoff.marketdata.storage.cli;

import org.jspecify.annotations.NullMarked;
