/**
 * Tables as files of Apache Parquet: flat columns, written once from the first row to the last.
 *
 * <p>{@link com.waickoff.marketdata.parquet.ParquetFile} is the door. Pages are of version 2 and
 * packed by Zstandard; nothing here reads such files.
 */
@NullMarked
package com.waickoff.marketdata.parquet;

import org.jspecify.annotations.NullMarked;
