package com.waickoff.marketdata.parquet;

/**
 * A column of a file.
 *
 * @param name unlike that of any other column of the file
 * @param kind what it holds
 * @param optional whether rows may leave it empty
 */
public record ParquetColumn(String name, Kind kind, boolean optional) {
    /** Digits after the point of every decimal. */
    public static final int DECIMAL_SCALE = 18;
    /** Digits of a decimal. */
    public static final int DECIMAL_PRECISION = 38;

    private static final int DECIMAL_BYTES = 16;
    private static final int NO_CONVERTED_TYPE = -1;
    private static final int UTF8 = 0;
    private static final int DECIMAL_TYPE = 5;

    /** What columns hold. The codes are those of the format's {@code Type}. */
    public enum Kind {
        /** True or false. */
        BOOLEAN(0),
        /** A whole number of 64 bits. */
        INTEGER(2),
        /** Text. */
        TEXT(6),
        /** A number of {@link #DECIMAL_PRECISION} digits, {@link #DECIMAL_SCALE} after the point. */
        DECIMAL(7);

        private final int physicalType;

        Kind(int physicalType) {
            this.physicalType = physicalType;
        }

        int physicalType() {
            return physicalType;
        }
    }

    /**
     * Writes the {@code SchemaElement}.
     *
     * <pre>
     *   1 type  2 type length  3 repetition  4 name  6 converted type  7 scale  8 precision
     *   10 logical type
     * </pre>
     */
    void writeTo(CompactThrift out) {
        out.beginStruct();
        out.i32(1, kind.physicalType);
        if (kind == Kind.DECIMAL) {
            out.i32(2, DECIMAL_BYTES);
        }
        out.i32(3, optional ? 1 : 0);
        out.text(4, name);
        int converted = switch (kind) {
            case TEXT -> UTF8;
            case DECIMAL -> DECIMAL_TYPE;
            case BOOLEAN, INTEGER -> NO_CONVERTED_TYPE;
        };
        if (converted != NO_CONVERTED_TYPE) {
            out.i32(6, converted);
        }
        if (kind == Kind.DECIMAL) {
            out.i32(7, DECIMAL_SCALE);
            out.i32(8, DECIMAL_PRECISION);
            out.beginStruct(10).beginStruct(5);
            out.i32(1, DECIMAL_SCALE);
            out.i32(2, DECIMAL_PRECISION);
            out.endStruct().endStruct();
        } else if (kind == Kind.TEXT) {
            out.beginStruct(10).beginStruct(1).endStruct().endStruct();
        }
        out.endStruct();
    }
}
