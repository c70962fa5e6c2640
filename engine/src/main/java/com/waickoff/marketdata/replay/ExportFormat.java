package com.waickoff.marketdata.replay;

import java.util.Locale;

/** A format of export files. */
public enum ExportFormat {
    /** A header line and a line for each row; plain decimals. */
    CSV,
    /** Apache Parquet: the same rows in columns, packed. */
    PARQUET;

    /** As people write it; also the ending of its files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
