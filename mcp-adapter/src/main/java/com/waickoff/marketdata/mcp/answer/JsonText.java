package com.waickoff.marketdata.mcp.answer;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Writes answers as JSON on one line of UTF-8, decimals without exponents. They are made of maps,
 * lists, texts, truths, whole numbers and decimals: to ask a general mapper how each of a thousand
 * numbers is written takes longer than to write it.
 *
 * <p>Threads: any.
 */
final class JsonText {
    private static final int FIRST_BYTES = 1 << 13;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    private JsonText() {}

    /**
     * Writes JSON.
     *
     * @throws IllegalArgumentException if there is anything in it that answers are not made of
     */
    static byte[] of(Object json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(FIRST_BYTES);
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(),
                bytes)) {
            write(generator, json);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator to, @Nullable Object value) {
        switch (value) {
            case null -> to.writeNull();
            case String text -> to.writeString(text);
            case Scaled number -> to.writeNumber(number.toString());
            case BigDecimal decimal -> to.writeNumber(decimal);
            case Long whole -> to.writeNumber(whole.longValue());
            case Integer whole -> to.writeNumber(whole.intValue());
            case Boolean truth -> to.writeBoolean(truth);
            case List<?> list -> {
                to.writeStartArray();
                list.forEach(element -> write(to, element));
                to.writeEndArray();
            }
            case Map<?, ?> map -> {
                to.writeStartObject();
                map.forEach((name, member) -> {
                    to.writeName(String.valueOf(name));
                    write(to, member);
                });
                to.writeEndObject();
            }
            default -> throw new IllegalArgumentException(
                    "answers are not made of " + value.getClass());
        }
    }
}
