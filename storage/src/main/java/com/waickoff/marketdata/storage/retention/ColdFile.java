package com.waickoff.marketdata.storage.retention;

import com.waickoff.marketdata.replay.ExportTable;
import java.nio.file.Path;

/**
 * A table of a day as Parquet.
 *
 * @param epochDay days since the epoch, UTC
 */
public record ColdFile(Path path, ExportTable table, long epochDay, long bytes) {}
