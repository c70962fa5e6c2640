package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.marketdata.decimal.NativeText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SymbolTableTest {
    private static final long SEED = Long.getLong("test.seed", 20261121L);
    private static final int NAMES = 3_000;

    private final SymbolTable table = new SymbolTable();
    private final NativeText memory = new NativeText(256);

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void shouldFindNamesOfEveryLength() {
        for (int length = 1; length <= SymbolTable.MAX_LENGTH; length++) {
            table.put("x".repeat(length), length);
        }
        assertThat(table.size()).isEqualTo(SymbolTable.MAX_LENGTH);

        for (int length = 1; length <= SymbolTable.MAX_LENGTH; length++) {
            assertThat(find("x".repeat(length))).isEqualTo(length);
            assertThat(find("x".repeat(length - 1) + 'y')).isEqualTo(SymbolTable.MISSING);
            assertThat(find('y' + "x".repeat(length - 1))).isEqualTo(SymbolTable.MISSING);
        }
        assertThat(find("")).isEqualTo(SymbolTable.MISSING);
        assertThat(find("x".repeat(SymbolTable.MAX_LENGTH + 1))).isEqualTo(SymbolTable.MISSING);
    }

    @Test
    void shouldNotLookBehindAName() {
        table.put("BTC", 1);
        table.put("BTCUSDT", 2);
        for (byte guard : "1UT\"\u0000".getBytes(StandardCharsets.US_ASCII)) {
            byte[] name = "BTC".getBytes(StandardCharsets.US_ASCII);
            memory.set(name, name.length, guard);
            assertThat(table.find(memory.address(), memory.length())).isEqualTo(1);
        }
    }

    @Test
    void shouldBindANameToItsLastNumber() {
        table.put("BTCUSDT", 1);
        table.put("BTCUSDT", 7);

        assertThat(find("BTCUSDT")).isEqualTo(7);
        assertThat(table.size()).isEqualTo(1);
    }

    @Test
    void shouldFindNamesThatAreNotAscii() {
        table.put("\u5e01\u5b89USDT", 3);

        assertThat(find("\u5e01\u5b89USDT")).isEqualTo(3);
        assertThat(find("\u5e01USDT")).isEqualTo(SymbolTable.MISSING);
    }

    @Test
    void shouldRefuseNamesOfNoPossibleLength() {
        assertThatThrownBy(() -> table.put("", 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.put("\u00e9".repeat(33), 0))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("66 bytes");
    }

    @Test
    void shouldAgreeWithAMap() {
        SplittableRandom random = new SplittableRandom(SEED);
        Map<String, Integer> map = new HashMap<>();
        for (int i = 0; i < NAMES; i++) {
            String name = name(random);
            table.put(name, i);
            map.put(name, i);
        }

        assertThat(table.size()).isEqualTo(map.size());
        map.forEach((name, value) -> assertThat(find(name)).as("seed %s, %s", SEED, name)
                .isEqualTo(value));
        for (int i = 0; i < NAMES; i++) {
            String name = name(random);
            assertThat(find(name)).as("seed %s, %s", SEED, name)
                    .isEqualTo(map.getOrDefault(name, SymbolTable.MISSING));
        }
    }

    /** Few letters and lengths around whole words, so that names are much alike. */
    private static String name(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        for (int length = 1 + random.nextInt(20); length > 0; length--) {
            name.append((char) ('A' + random.nextInt(2)));
        }
        return name.toString();
    }

    private int find(String name) {
        memory.set(name);
        return table.find(memory.address(), memory.length());
    }
}
