package com.waickoff.marketdata.mcp.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.SerializableString;
import tools.jackson.databind.util.RawValue;

/**
 * JSON that is written already, for the mapper to copy into a message. It writes messages as bytes:
 * nothing but these is ever asked for, and they are never escaped.
 *
 * <p>Threads: immutable.
 */
final class Utf8Json implements SerializableString {
    private final byte[] json;

    private Utf8Json(byte[] json) {
        this.json = json;
    }

    /** As a value of a message. */
    static RawValue of(byte[] json) {
        return new RawValue(new Utf8Json(json));
    }

    @Override
    public String getValue() {
        return new String(json, StandardCharsets.UTF_8);
    }

    @Override
    public int charLength() {
        return getValue().length();
    }

    @Override
    public byte[] asUnquotedUTF8() {
        return json;
    }

    @Override
    public int appendUnquotedUTF8(byte[] buffer, int offset) {
        if (json.length > buffer.length - offset) {
            return -1;
        }
        System.arraycopy(json, 0, buffer, offset, json.length);
        return json.length;
    }

    @Override
    public int writeUnquotedUTF8(OutputStream out) throws IOException {
        out.write(json);
        return json.length;
    }

    @Override
    public int putUnquotedUTF8(ByteBuffer buffer) {
        if (json.length > buffer.remaining()) {
            return -1;
        }
        buffer.put(json);
        return json.length;
    }

    @Override
    public int appendUnquoted(char[] buffer, int offset) {
        throw neverEscaped();
    }

    @Override
    public char[] asQuotedChars() {
        throw neverEscaped();
    }

    @Override
    public byte[] asQuotedUTF8() {
        throw neverEscaped();
    }

    @Override
    public int appendQuotedUTF8(byte[] buffer, int offset) {
        throw neverEscaped();
    }

    @Override
    public int appendQuoted(char[] buffer, int offset) {
        throw neverEscaped();
    }

    @Override
    public int writeQuotedUTF8(OutputStream out) {
        throw neverEscaped();
    }

    @Override
    public int putQuotedUTF8(ByteBuffer buffer) {
        throw neverEscaped();
    }

    private static UnsupportedOperationException neverEscaped() {
        return new UnsupportedOperationException("this is JSON, and goes out as it is, as bytes");
    }
}
