package com.waickoff.venue.serve;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes the few kinds of DER (X.690) values that certificates are made of. */
final class Der {
    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
            .withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(SEQUENCE, parts);
    }

    static byte[] set(byte[]... parts) {
        return value(SET, parts);
    }

    static byte[] bool(boolean value) {
        return value(BOOLEAN, new byte[]{(byte) (value ? 0xff : 0)});
    }

    static byte[] integer(BigInteger value) {
        return value(INTEGER, value.toByteArray());
    }

    /** @param unusedBits of the last byte */
    static byte[] bits(int unusedBits, byte[] bits) {
        return value(BIT_STRING, new byte[]{(byte) unusedBits}, bits);
    }

    static byte[] octets(byte[]... parts) {
        return value(OCTET_STRING, parts);
    }

    static byte[] text(String text) {
        return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of the years 1950 to 2049. */
    static byte[] time(Instant time) {
        return value(UTC_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** An object identifier, e.g. 2.5.29.19. */
    static byte[] objectId(int... arcs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(arcs[0] * 40 + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arcs[i] >>> shift != 0) {
                    out.write(((arcs[i] >>> shift) & 0x7f) | 0x80);
                }
            }
            out.write(arcs[i] & 0x7f);
        }
        return value(OBJECT_ID, out.toByteArray());
    }

    /** A value that the structure around it numbers; it holds other values. */
    static byte[] explicit(int number, byte[]... parts) {
        return value(0xa0 | number, parts);
    }

    /** A value that the structure around it numbers, in place of its own kind. */
    static byte[] implicit(int number, byte[] content) {
        return value(0x80 | number, content);
    }

    private static byte[] value(int tag, byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else if (length < 0x100) {
            out.write(0x81);
            out.write(length);
        } else {
            out.write(0x82);
            out.write(length >>> 8);
            out.write(length);
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
