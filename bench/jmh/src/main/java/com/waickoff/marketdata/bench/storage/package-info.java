/** What the stores take of the drain, beside their bare clients. */
@NullMarked
package com.waickoff.marketdata.bench.storage;

import org.jspecify.annotations.NullMarked;
