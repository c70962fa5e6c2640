package com.waickoff.marketdata.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Thrift's compact protocol, as far as headers and footers of Parquet need it: structs whose fields
 * are written in the order of their ids.
 *
 * <pre>
 *   field    id - last id (4 bits) | type (4 bits)          or  type, zigzag id
 *   list     size (4 bits) | type of elements (4 bits)      or  0xF | type, size
 *   number   zigzag, 7 bits a byte, the lowest first
 * </pre>
 *
 * <p>Threads: one.
 */
final class CompactThrift {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;
    private static final int SHORT_LIST = 15;
    private static final int LARGEST_STEP = 15;
    private static final int DEEPEST = 8;

    private final Bytes out;
    private final int[] lastIds = new int[DEEPEST];
    private int depth;

    CompactThrift(Bytes out) {
        this.out = out;
    }

    /** A struct that is no field: the outermost, or an element of a list. */
    CompactThrift beginStruct() {
        lastIds[++depth] = 0;
        return this;
    }

    CompactThrift beginStruct(int id) {
        field(id, STRUCT);
        return beginStruct();
    }

    CompactThrift endStruct() {
        out.write(0);
        depth--;
        return this;
    }

    void flag(int id, boolean value) {
        field(id, value ? TRUE : FALSE);
    }

    void i16(int id, int value) {
        field(id, I16);
        out.varint(Bytes.zigzag(value));
    }

    void i32(int id, int value) {
        field(id, I32);
        out.varint(Bytes.zigzag(value));
    }

    void i64(int id, long value) {
        field(id, I64);
        out.varint(Bytes.zigzag(value));
    }

    void text(int id, String value) {
        binary(id, value.getBytes(StandardCharsets.UTF_8));
    }

    void binary(int id, byte[] value) {
        field(id, BINARY);
        element(value);
    }

    /** A list of structs, each of which follows between begin and end. */
    void structs(int id, int size) {
        list(id, STRUCT, size);
    }

    void numbers(int id, int... values) {
        list(id, I32, values.length);
        for (int value : values) {
            out.varint(Bytes.zigzag(value));
        }
    }

    void texts(int id, String... values) {
        list(id, BINARY, values.length);
        for (String value : values) {
            element(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    private void element(byte[] value) {
        out.varint(value.length);
        out.write(value, 0, value.length);
    }

    private void list(int id, int type, int size) {
        field(id, LIST);
        if (size < SHORT_LIST) {
            out.write((size << 4) | type);
        } else {
            out.write((SHORT_LIST << 4) | type);
            out.varint(size);
        }
    }

    private void field(int id, int type) {
        int step = id - lastIds[depth];
        if (step > 0 && step <= LARGEST_STEP) {
            out.write((step << 4) | type);
        } else {
            out.write(type);
            out.varint(Bytes.zigzag(id));
        }
        lastIds[depth] = id;
    }
}
