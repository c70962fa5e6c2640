/**
 * MongoDB: what a document looks like, the sink that writes them, the history that reads them, and
 * what may be dropped. The one room that knows the driver.
 *
 * <p>Documents and indexes are specified in {@code docs/storage/mongodb.md}.
 */
@NullMarked
package com.waickoff.marketdata.storage.mongo;

import org.jspecify.annotations.NullMarked;
