package com.waickoff.marketdata.mcp.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

class JsonTextTest {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    @Test
    void shouldWriteWhatAMapperWrites() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("", null);
        json.put("quote \" and \\", true);
        json.put("币安", List.of("😀 \u0000\u0001\b\t\n\f\r\u001f\u007f /", Map.of(), List.of()));
        json.put("longs", List.of(0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE, 10L, 1_000));
        json.put("objects", Arrays.asList(Map.of("a", false), null));

        assertThat(text(JsonText.of(json))).isEqualTo(MAPPER.writeValueAsString(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0", "-0.1", "1.10", "100", "1E+3", "1E-20", "0.00000001",
            "-123456789.012345678", "9223372036854775807", "123456789012345678901234567890.5"})
    void shouldWriteEachDecimalAsAMapperDoes(String decimal) {
        List<BigDecimal> json = List.of(new BigDecimal(decimal));

        assertThat(text(JsonText.of(json))).isEqualTo(MAPPER.writeValueAsString(json));
    }

    @Test
    void shouldWriteManyDecimalsAsAMapperDoes() {
        Random random = new Random(42);
        List<BigDecimal> json = random.longs(2_000)
                .mapToObj(digits -> BigDecimal.valueOf(digits >> random.nextInt(64),
                        random.nextInt(24) - 3))
                .toList();

        assertThat(text(JsonText.of(json))).isEqualTo(MAPPER.writeValueAsString(json));
    }

    @Test
    void shouldWriteScaledNumbersAsDecimalsWithoutZerosBehindThem() {
        Random random = new Random(43);
        List<Scaled> json = random.longs(2_000)
                .mapToObj(value -> new Scaled((value >> random.nextInt(64)) / 1_000 * 1_000,
                        random.nextInt(19)))
                .toList();

        assertThat(text(JsonText.of(json))).isEqualTo(MAPPER.writeValueAsString(json.stream()
                .map(one -> BigDecimal.valueOf(one.value(), one.scale()).stripTrailingZeros())
                .toList()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "{\"a\":\"b\\\\\"}", "币安 \n 😀"})
    void shouldQuoteATextAsAMapperDoes(String plain) {
        assertThat(text(JsonText.of(plain))).isEqualTo(MAPPER.writeValueAsString(plain));
    }

    @Test
    void shouldRefuseWhatAnswersAreNotMadeOf() {
        assertThatThrownBy(() -> JsonText.of(List.of(0.5)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Double");
    }

    private static String text(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }
}
