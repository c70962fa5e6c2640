package com.waickoff.marketdata.decimal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
    private static final long SEED = Long.getLong("test.seed", 20261121L);
    private static final int CASES = 1_500_000;

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,8,0", "-0,2,0", "0.000,0,0", "0.00000000,5,0", "7,0,7", "007,0,7",
            "007.10,1,71", "1.5,1,15", "1.50,1,15", "65114.20,1,651142", "65114.20,2,6511420",
            "61837.63000000,2,6183763", "0.00000001,8,1", "0.00054000,7,5400",
            "12345678,0,12345678",
            "123456789,0,123456789", "1.2345678,8,123456780",
            "12345678.12345678,8,1234567812345678",
            "123456789.5,1,1234567895", "0.1234567891,10,1234567891", "-12.5,3,-12500",
            "9223372036854775807,0,9223372036854775807",
            "92233720368547758.07,2,9223372036854775807",
            "-9223372036854775807,0,-9223372036854775807",
            "9.223372036854775807,18,9223372036854775807",
            "1e5,0,100000", "1E+5,2,10000000", "25e-2,2,25", "1.5e1,0,15", "100e-2,0,1",
            "0e999999,3,0", "0.0000000000001,13,1", "1000000000000000000,0,1000000000000000000",
            "00000000000000000000000000000000001.5,1,15", "1.50000000000000000000000000000,1,15"})
    void shouldReadExactly(String text, int scale, long expected) {
        assertThat(parse(text, scale)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1.05,1", "0.001,2", "1.00000001,7", "61837.63000001,2", "1e-3,2", "5e-1,0",
            "9223372036854775808,0", "-9223372036854775808,0", "92233720368547758.08,2",
            "99999999999999999999,0", "10,18", "1e19,0", "1e999999999999,0",
            "1e-999999999999,9",
            "10000000000000000001,0", "0.1234567890123456789,18"})
    void shouldRejectWhatDoesNotFit(String text, int scale) {
        assertThat(parse(text, scale)).isEqualTo(Decimal.REJECTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "1.", ".5", "+1", "-", "--1", "-.5", "1..2", "1.2.3", "1e",
            "1e+",
            "e5", "1e5.5", "1_000", "1,000", "0x1f", "NaN", "Infinity", " 1", "1 ", "1\u0000",
            "\u00011",
            "12345678a", "1234567a", "a2345678", "1234.567a", "12345.1234567x", "/", ":", "1/2",
            "1:2",
            "\u0661", "\u0661.\u0665", "1.5-", "-1.5e", "0.0000000:", "12345678./"})
    void shouldRejectWhatIsNoDecimal(String text) {
        for (int scale = 0; scale <= Decimal.MAX_SCALE; scale++) {
            assertThat(parse(text, scale)).as("%s at scale %s", text, scale)
                    .isEqualTo(Decimal.REJECTED);
        }
    }

    @Test
    void shouldAgreeWithBigDecimal() {
        SplittableRandom random = new SplittableRandom(SEED);
        System.out.println("DecimalTest seed " + SEED + ", cases " + CASES);
        byte[] formatted = new byte[Decimal.MAX_FORMATTED_LENGTH];
        int accepted = 0;
        try (NativeText text = new NativeText(64)) {
            for (int i = 0; i < CASES; i++) {
                String written = randomDecimal(random);
                int scale = random.nextInt(i % 4 == 0 ? Decimal.MAX_SCALE + 1 : 9);
                text.set(written);
                long read = Decimal.parse(text.address(), text.length(), scale);
                long expected = expected(written, scale);
                if (read != expected) {
                    throw new AssertionError(written + " at scale " + scale + " read as " + read
                            + ", expected " + expected + ", seed " + SEED);
                }
                if (read != Decimal.REJECTED) {
                    accepted++;
                    int length = Decimal.format(read, scale, formatted, 0);
                    assertPlain(read, scale,
                            new String(formatted, 0, length, StandardCharsets.US_ASCII));
                }
            }
        }
        assertThat(accepted).isBetween(CASES / 4, CASES);
    }

    @Test
    void shouldReadAnyBytesOrRejectThem() {
        SplittableRandom random = new SplittableRandom(SEED);
        String alphabet = "0123456789012345678900000..--+eE/:\"\u0000\u0016\u007f ";
        StringBuilder written = new StringBuilder();
        try (NativeText text = new NativeText(64)) {
            for (int i = 0; i < CASES / 2; i++) {
                written.setLength(0);
                int length = random.nextInt(22);
                for (int k = 0; k < length; k++) {
                    written.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                text.set(written.toString());
                int scale = random.nextInt(Decimal.MAX_SCALE + 1);
                long read = Decimal.parse(text.address(), text.length(), scale);
                if (read != expected(written.toString(), scale)) {
                    throw new AssertionError(written + " at scale " + scale + " read as " + read
                            + ", seed " + SEED);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0,0", "0,18,0", "1,0,1", "10,1,1", "15,1,1.5", "-15,1,-1.5", "5,1,0.5",
            "-5,3,-0.005",
            "6511420,2,65114.2", "100,2,1", "9223372036854775807,0,9223372036854775807",
            "9223372036854775807,18,9.223372036854775807",
            "-9223372036854775807,18,-9.223372036854775807",
            "-9223372036854775807,0,-9223372036854775807", "1,18,0.000000000000000001",
            "1000000000000000000,18,1", "1000000000000000000,0,1000000000000000000"})
    void shouldWritePlainDecimals(long value, int scale, String expected) {
        assertThat(Decimal.toString(value, scale)).isEqualTo(expected);
        assertThat(Decimal.append(new StringBuilder("x"), value, scale))
                .hasToString("x" + expected);
    }

    private static void assertPlain(long value, int scale, String formatted) {
        BigDecimal exact = BigDecimal.valueOf(value, scale);
        String plain = value == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
        if (!plain.equals(formatted)) {
            throw new AssertionError(
                    value + " at scale " + scale + " written as " + formatted + ", not " + plain);
        }
    }

    private static long parse(String written, int scale) {
        try (NativeText text = NativeText.of(written)) {
            return Decimal.parse(text.address(), text.length(), scale);
        }
    }

    /** What {@link BigDecimal} makes of it, within the grammar of {@link Decimal}. */
    private static long expected(String written, int scale) {
        if (!written.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            return Decimal.REJECTED;
        }
        int exponentAt = Math.max(written.indexOf('e'), written.indexOf('E'));
        if (exponentAt > 0 && written.length() - exponentAt > 8) {
            // Random junk with an exponent BigDecimal will not expand: only zero is zero times it.
            BigDecimal mantissa = new BigDecimal(written.substring(0, exponentAt));
            String exponent = written.substring(exponentAt + 1);
            return mantissa.signum() == 0 ? 0
                    : exponent.matches("[+-]?0*[0-9]{1,4}")
                            ? scaled(new BigDecimal(written), scale)
                            : Decimal.REJECTED;
        }
        return scaled(new BigDecimal(written), scale);
    }

    private static long scaled(BigDecimal value, int scale) {
        if (value.signum() == 0) {
            return 0;
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > scale || stripped.precision() - stripped.scale() > 20) {
            return Decimal.REJECTED;
        }
        BigInteger unscaled = stripped.setScale(scale).unscaledValue();
        return unscaled.bitLength() > 63 ? Decimal.REJECTED : unscaled.longValueExact();
    }

    private static String randomDecimal(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(8) == 0) {
            text.append('-');
        }
        int whole = 1 + random.nextInt(random.nextInt(6) == 0 ? 20 : 8);
        for (int i = 0; i < whole; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        int decimals = random.nextInt(random.nextInt(6) == 0 ? 20 : 9);
        if (decimals > 0) {
            text.append('.');
            int significant = random.nextInt(decimals + 1);
            for (int i = 0; i < decimals; i++) {
                text.append(i < significant ? (char) ('0' + random.nextInt(10)) : '0');
            }
        }
        if (random.nextInt(16) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E');
            int sign = random.nextInt(3);
            text.append(sign == 0 ? "-" : sign == 1 ? "+" : "").append(random.nextInt(24));
        }
        return text.toString();
    }
}
