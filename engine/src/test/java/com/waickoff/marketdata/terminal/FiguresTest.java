package com.waickoff.marketdata.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.feed.Nearest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                    | 0 | 0
            1180341              | 1 | 118,034.1
            -1234567890          | 5 | -12,345.6789
            1200                 | 2 | 12
            5                    | 8 | 0.00000005
            9223372036854775807  | 0 | 9,223,372,036,854,775,807
            -9223372036854775808 | 2 | -92,233,720,368,547,758.08
            """)
    void shouldWriteScaledValuesExactly(long value, int scale, String text) {
        assertThat(Figures.exact(value, scale)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1000000 | 100 %
            999999  | 99.9999 %
            16702   | 1.6702 %
            0       | 0 %
            """)
    void shouldSayHundredPercentOnlyOfAMillion(int ppm, String text) {
        assertThat(Figures.percentOfPpm(ppm)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            999999 | 1000000 | 99.9 %
            705    | 1000    | 70.5 %
            1      | 1       | 100 %
            0      | 7       | 0 %
            0      | 0       | 0 %
            9223372036854775806 | 9223372036854775807 | 99.9 %
            """)
    void shouldNotRoundAPartUpToTheWhole(long part, long whole, String text) {
        assertThat(Figures.percent(part, whole)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0               | 0 µs
            1500            | 1.50 µs
            812000000       | 812 ms
            4200000000      | 4.20 s
            59990000000     | 60 s
            192000000000    | 3 min 12 s
            7380000000000   | 2 h 3 min
            187200000000000 | 2 d 4 h
            -1500           | -1.50 µs
            """)
    void shouldWriteLengthsOfTime(long ns, String text) {
        assertThat(Figures.duration(ns)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0          | 0 B
            1023       | 1023 B
            1024       | 1 KiB
            12900000   | 12.3 MiB
            9223372036854775807 | 8 EiB
            """)
    void shouldWriteBytes(long bytes, String text) {
        assertThat(Figures.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            34019  | 221000000  | 154 k
            5      | 1000000000 | 5
            1234567| 1000000000 | 1.23 M
            5      | 0          | -
            """)
    void shouldWriteRates(long count, long ns, String text) {
        assertThat(Figures.perSecond(count, ns)).isEqualTo(text);
    }

    @Test
    void shouldWriteMomentsInUtc() {
        assertThat(Figures.minute(1_767_622_800_000L)).isEqualTo("2026-01-05 14:20");
        assertThat(Figures.second(1_767_622_919_647L)).isEqualTo("2026-01-05 14:21:59");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0                   | 5 | 0.0000 | +1.0000
            123456              | 5 | 1.2346  | +1.0000
            1234567890          | 5 | 12,346  | +1
            4611686018427387904 | 0 | 4,611.7P | +0.0P
            99999               | 0 | 99,999  | +100,000
            100000              | 0 | 100.00k | +100.00k
            """)
    void shouldWriteAColumnOfQuantitiesInOneWay(long largest, int scale, String text,
            String other) {
        QuantityColumn column = QuantityColumn.of(largest, scale);

        assertThat(column.format(largest)).isEqualTo(text);
        assertThat(column.formatSigned(100_000)).isEqualTo(other);
        assertThat(column.formatSigned(0)).doesNotStartWith("+");
    }

    @Test
    void shouldMeasureAndBreakTextAsATerminalShowsIt() {
        assertThat(Shown.width("BTCUSDT")).isEqualTo(7);
        assertThat(Shown.width("币安USDT")).isEqualTo(8);
        assertThat(Shown.width("e\u0301")).isEqualTo(1);
        assertThat(Shown.wrap("one two three", 7)).containsExactly("one two", "three");
        assertThat(Shown.wrap("abcdefghij", 4)).containsExactly("abcd", "efgh", "ij");
        assertThat(Shown.wrap("a bcdefgh", 4)).containsExactly("a", "bcde", "fgh");
        assertThat(Shown.plain("a\033[31mb\u009bc\u202ed")).isEqualTo("a?[31mb?c?d");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rows.tick      | rows.ticks
            rwos.ticks     | rows.ticks
            ticks          | rows.ticks
            ROWS.TICKS     | rows.ticks
            pipeline.solts | pipeline.slots
            """)
    void shouldGuessWhatWasMeant(String mistyped, String nearest) {
        List<String> keys = List.of("pipeline.slots", "rows.ticks", "rows.capacity", "data.dir");

        assertThat(Nearest.to(mistyped, keys)).first().isEqualTo(nearest);
        assertThat(Nearest.to("completely-different", keys)).isEmpty();
        assertThat(Nearest.hint("zzz", keys)).isEmpty();
    }
}
