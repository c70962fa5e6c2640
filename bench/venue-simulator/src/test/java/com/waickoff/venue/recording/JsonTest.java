package com.waickoff.venue.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @Test
    void shouldGiveBackEveryLetter() {
        String text = "{\"a\":[1.50,-2e-7,{\"b\":\"x\\\"]\\\\\"}],\"c\":null,\"d\":{},\"e\":[]}";

        assertThat(Json.parse(text).text()).isEqualTo(text);
        assertThat(Json.parse(" { \"a\" : [ 1 ,2 ] } ").text()).isEqualTo("{\"a\":[1,2]}");
    }

    @Test
    void shouldReachIntoATree() {
        Json json = Json.parse("{\"a\":[{\"b\":\"x\"},7]}");

        assertThat(json.get("a").list().getFirst().get("b").value()).isEqualTo("x");
        assertThat(json.get("a").list().get(1).value()).isEqualTo("7");
        assertThat(json.has("b")).isFalse();
        assertThatThrownBy(() -> json.get("b")).hasMessageContaining("no member b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1", "{\"a\"}", "[1,]", "{\"a\":1}}", "{a:1}", "01x",
            "\"open", "[1 2]", "nul"})
    void shouldRefuseWhatIsNoJson(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
