package com.waickoff.marketdata.storage.mongo;

import java.math.BigInteger;
import java.util.function.Consumer;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonNumber;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.io.BasicOutputBuffer;
import org.jspecify.annotations.Nullable;

/** Writes documents as bytes, without a tree in between, and reads their fields. */
final class Documents {
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();
    private static final int INITIAL_BYTES = 1 << 10;

    private Documents() {}

    /** A document of the fields that {@code fields} writes. */
    static RawBsonDocument document(Consumer<BsonBinaryWriter> fields) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer(INITIAL_BYTES);
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            writer.writeStartDocument();
            fields.accept(writer);
            writer.writeEndDocument();
            return new RawBsonDocument(buffer.getInternalBuffer(), 0, buffer.getPosition());
        }
    }

    /** All fields at once: a raw document is searched from its beginning for each. */
    static BsonDocument parse(RawBsonDocument raw) {
        return raw.decode(CODEC);
    }

    static int length(RawBsonDocument raw) {
        return raw.getByteBuffer().remaining();
    }

    static void binary(BsonBinaryWriter writer, String name, byte[] bytes) {
        writer.writeBinaryData(name, new BsonBinary(bytes));
    }

    static void wide(BsonBinaryWriter writer, String name, BigInteger value) {
        binary(writer, name, value.toByteArray());
    }

    static long longOf(BsonDocument document, String name) {
        return get(document, name) instanceof BsonNumber number ? number.longValue()
                : missing(name);
    }

    static int intOf(BsonDocument document, String name) {
        return Math.toIntExact(longOf(document, name));
    }

    static String textOf(BsonDocument document, String name) {
        BsonValue value = get(document, name);
        if (value == null || !value.isString()) {
            missing(name);
            return "";
        }
        return value.asString().getValue();
    }

    static BigInteger wideOf(BsonDocument document, String name) {
        byte[] bytes = bytesOf(document, name);
        if (bytes == null || bytes.length == 0) {
            missing(name);
            return BigInteger.ZERO;
        }
        return new BigInteger(bytes);
    }

    static byte @Nullable [] bytesOf(BsonDocument document, String name) {
        BsonValue value = get(document, name);
        return value == null || !value.isBinary() ? null : value.asBinary().getData();
    }

    static @Nullable BsonValue get(BsonDocument document, String name) {
        return document.get(name);
    }

    private static long missing(String name) {
        throw new UnreadableDocumentException("a document without " + name + ", or another type");
    }
}
