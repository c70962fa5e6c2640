package com.waickoff.marketdata.mcp.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnswerTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void shouldLeaveOutRowsThatMakeItTooLarge() {
        for (int maxBytes : new int[]{200, 300, 1_000, 4_000, 32_768}) {
            Answer.Written written = answer(5000, AnswerTest::cursorAfter).write(maxBytes);
            JsonNode json = JSON.readTree(written.text());

            assertThat(written.json().length).isLessThanOrEqualTo(maxBytes);
            assertThat(json.get("truncated").asBoolean()).isTrue();
            assertThat(json.get("hint").asString()).isEqualTo("Of a test. Ask for less.");
            JsonNode rows = json.get("rows");
            assertThat(rows.size()).isGreaterThan(0);
            assertThat(json.get("nextCursor").asString())
                    .isEqualTo("after " + rows.get(rows.size() - 1).get(0).asInt());
            assertThat(written.json()).asString(StandardCharsets.UTF_8).isEqualTo(written.text());
        }
    }

    @Test
    void shouldFillTheSizeItMayHave() {
        int rows = JSON.readTree(answer(1000, null).write(4_000).text())
                .get("rows").size();
        int oneMore = answer(rows + 1, null).write(1 << 20).json().length;

        assertThat(oneMore).isGreaterThan(4_000 - 200);
    }

    @Test
    void shouldSayNothingOfMoreWhereThereIsNoMore() {
        JsonNode json = JSON.readTree(
                answer(3, AnswerTest::cursorAfter).write(4_000).text());

        assertThat(json.get("truncated").asBoolean()).isFalse();
        assertThat(json.has("nextCursor")).isFalse();
        assertThat(json.get("hint").asString()).isEqualTo("Of a test.");
        assertThat(json.get("rows").size()).isEqualTo(3);
    }

    @Test
    void shouldKeepAFailureShort() {
        ToolFailure failure = new ToolFailure(ErrorCode.NO_DATA, "x".repeat(2_000));

        assertThat(failure.text()).hasSize(600).startsWith("NO_DATA: xxx").endsWith("…");
    }

    private static String cursorAfter(List<Object> row) {
        return "after " + row.getFirst();
    }

    private static Answer answer(int rows, Function<List<Object>, String> cursor) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("instrument", "币安");
        List<List<Object>> values = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            values.add(List.of(i, "人生😀"));
        }
        return new Answer(fields, new Table(List.of("n", "text"), values, Table.Shape.COMPACT,
                true, "Ask for less.", cursor, false), List.of("Of a test."));
    }
}
