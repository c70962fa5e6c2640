package com.waickoff.marketdata.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.decimal.NativeText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCursorTest {
    private static final long SEED = Long.getLong("test.seed", 20261121L);
    private static final int MUTATIONS = 120_000;
    private static final byte[] GUARDS = {'1', '"', '}', ']', ',', ' ', 'e', '\\'};
    private static final List<String> DOCUMENTS = List.of(
            "{\"topic\":\"a.b\",\"ts\":1795219200000,\"data\":[{\"p\":\"1.5\",\"BT\":false}],"
                    + "\"n\":null,\"t\":true}",
            "[ ]", "{ }", "[[],{},[{}],-0.5E+10,0,1e5,\"\"]",
            " {\"a\\u0062\" : \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\ud83d\\ude00 \u00e9\" ,\n\"c\":[1 , 2]}",
            "[\"12345678\",\"1234567\",\"123456789\",\"1234567\\n\",true,false,null]",
            "{\"deep\":{\"er\":[[[{\"x\":[1,[2,[3]]]}]]]},\"after\":1}");

    private final NativeText memory = new NativeText(1 << 13);
    private final JsonCursor cursor = new JsonCursor();

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void shouldHandOutTokensInTheirOrder() {
        assertThat(tokens(" { \"b\" : [ 1 , \"x\" , { } , true ] ,\t\"a\":\r\n-2.50e+3, \"c\":null,"
                + "\"d\":false } ")).containsExactly("{", "key b", "[", "number 1", "string x", "{",
                        "}", "true", "]", "key a", "number -2.50e+3", "key c", "null", "key d",
                        "false", "}", "end");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"\\\",\"", "\\\\,\\", "\\/,/", "\\u0041,A",
            "x\\u00e9y,x\u00e9y", "\\u20AC,\u20ac", "\\ud83d\\ude00,\ud83d\ude00",
            "plain12\\u0033,plain123"})
    void shouldResolveEscapes(String escaped, String expected) {
        assertThat(tokens("[\"" + escaped + "\"]")).containsExactly("[", "string " + expected, "]",
                "end");
        assertThat(tokens("{\"" + escaped + "\":0}")).contains("key " + expected);
    }

    @Test
    void shouldResolveControlCharacters() {
        assertThat(tokens("\"\\b\\f\\n\\r\\t\"")).containsExactly("string \b\f\n\r\t", "end");
    }

    @Test
    void shouldNotHandOutZeroBytes() {
        memory.set("\"s\\u0000\"");
        cursor.wrap(memory.address(), memory.length());
        cursor.next();

        assertThat(cursor.textWord()).isNotEqualTo(Ascii.word("s"));
    }

    @Test
    void shouldHandOutTextAsItStandsWhereEscapesDoNotFit() {
        String large = "x".repeat(JsonCursor.UNESCAPED_CAPACITY - 6) + "\\n";

        assertThat(tokens("[\"" + large + "\",\"\\u0041bcdef\",\"plain\"]")).contains(
                "string \\u0041bcdef", "string plain");
    }

    @Test
    void shouldCompareTextOfAnyLength() {
        memory.set("[\"12345678\",\"123456789\",\"\"]");
        cursor.wrap(memory.address(), memory.length());
        cursor.next();

        cursor.next();
        assertThat(cursor.textWord()).isEqualTo(Ascii.word("12345678"));
        assertThat(cursor.textIs("12345678")).isTrue();
        assertThat(cursor.textIs("1234567")).isFalse();
        cursor.next();
        assertThat(cursor.textWord()).isEqualTo(-1);
        assertThat(cursor.textIs("123456789")).isTrue();
        assertThat(cursor.textIs("123456780")).isFalse();
        cursor.next();
        assertThat(cursor.textWord()).isZero();
        assertThat(cursor.textIs("")).isTrue();
    }

    @Test
    void shouldSkipWhateverAValueHolds() {
        memory.set("{\"a\":{\"b\":[1,{\"c\":\"]}\"}]},\"d\":[[[]]],\"e\":\"}\",\"f\":7}");
        cursor.wrap(memory.address(), memory.length());
        cursor.next();
        for (int i = 0; i < 3; i++) {
            assertThat(cursor.next()).isEqualTo(JsonCursor.KEY);
            assertThat(cursor.skipValue()).isTrue();
            assertThat(cursor.depth()).isEqualTo(1);
        }

        assertThat(cursor.next()).isEqualTo(JsonCursor.KEY);
        assertThat(cursor.textIs("f")).isTrue();
        assertThat(cursor.skipOut(1)).isTrue();
        assertThat(cursor.next()).isEqualTo(JsonCursor.END);
    }

    @Test
    void shouldReadTheRestOfATextSomebodyElseBegan() {
        memory.set(" ,\"a\":[1]}}");
        cursor.wrapRest(memory.address(), memory.length(), 2);
        assertThat(cursor.next()).isEqualTo(JsonCursor.KEY);
        assertThat(cursor.skipOut(2)).isTrue();
        assertThat(cursor.next()).isEqualTo(JsonCursor.END);

        cursor.wrapRest(memory.address(), memory.length() - 1, 2);
        assertThat(cursor.skipOut(2)).isFalse();
        assertThat(cursor.error()).isEqualTo(JsonCursor.TRUNCATED);

        cursor.wrapRest(memory.address(), memory.length(), 1);
        assertThat(cursor.skipOut(1)).isTrue();
        assertThat(cursor.next()).isEqualTo(JsonCursor.ERROR);
    }

    @Test
    void shouldGoOnBehindWhatSomebodyElseRead() {
        memory.set("{\"a\": [1,2],\"b\":3}");
        cursor.wrap(memory.address(), memory.length());
        cursor.next();
        cursor.next();
        assertThat(cursor.nextAddress()).isEqualTo(memory.address() + 6);

        cursor.resume(memory.address() + 11);

        assertThat(cursor.next()).isEqualTo(JsonCursor.KEY);
        assertThat(cursor.textIs("b")).isTrue();
    }

    @Test
    void shouldFindEveryTruncation() {
        for (String document : DOCUMENTS) {
            byte[] bytes = document.getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < document.stripTrailing().length(); length++) {
                for (byte guard : GUARDS) {
                    memory.set(bytes, length, guard);
                    assertThat(isAccepted()).as("%s bytes of %s", length, document).isFalse();
                    assertThat(cursor.error()).as("%s bytes of %s", length, document)
                            .isEqualTo(JsonCursor.TRUNCATED);
                }
            }
            memory.set(bytes);
            assertThat(isAccepted()).as(document).isTrue();
        }
    }

    @Test
    void shouldBoundNesting() {
        int most = JsonCursor.MAX_DEPTH;
        for (String open : List.of("[", "{\"a\":")) {
            String close = open.equals("[") ? "]" : "}";
            memory.set(open.repeat(most) + "1" + close.repeat(most));
            assertThat(isAccepted()).isTrue();

            memory.set(open.repeat(most + 1) + "1" + close.repeat(most + 1));
            assertThat(isAccepted()).isFalse();
            assertThat(cursor.error()).isEqualTo(JsonCursor.TOO_DEEP);
        }
        memory.set("[{\"a\":".repeat(most / 2) + "[]" + "}]".repeat(most / 2));
        assertThat(isAccepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "}", "]", ",", ":", "{]", "[}", "[1,]", "[,1]", "{,}", "{\"a\"}",
            "{\"a\",1}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}", "[1 2]", "{\"a\":1 \"b\":2}",
            "[] []", "1 1", "01", "-", "+1", ".5", "1.", "1.e5", "1e", "1e+", "-x", "0x10", "00",
            "tru", "trues", "truE", "nul", "nulll", "fals", "falsee", "NaN", "\"\\x\"",
            "\"\\u12g4\"", "\"\\u\"", "\"a\nb\"", "\"a\tb\"", "\"\u0001\"", "'a'", "[\"a\"\"b\"]",
            "{\"a\"::1}", "[1]]", "{}}", "/**/1", "\u00a01", "\ufeff1"})
    void shouldRefuseJunk(String text) {
        memory.set(text);

        assertThat(isAccepted()).isFalse();
        assertThat(cursor.next()).isEqualTo(JsonCursor.ERROR);
        assertThat(cursor.next()).isEqualTo(JsonCursor.ERROR);
        assertThat(cursor.depth()).isZero();
    }

    @Test
    void shouldAcceptExactlyWhatTheGrammarAccepts() {
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] letters = "{}[]\",:\\ 0123456789.-+eEtrufalsn\nx\u0000".getBytes(
                StandardCharsets.UTF_8);
        int accepted = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = DOCUMENTS.get(random.nextInt(DOCUMENTS.size())).getBytes(
                    StandardCharsets.UTF_8);
            for (int n = random.nextInt(3); n >= 0; n--) {
                bytes = Mutation.of(bytes, letters, random);
            }
            boolean isValid = JsonTree.isValid(bytes);
            memory.set(bytes, bytes.length, GUARDS[random.nextInt(GUARDS.length)]);
            assertThat(isAccepted()).as("seed %s, %s", SEED, new String(bytes,
                    StandardCharsets.UTF_8)).isEqualTo(isValid);
            accepted += isValid ? 1 : 0;
        }
        assertThat(accepted).as("seed %s", SEED).isBetween(1_000, MUTATIONS - 1_000);
    }

    private boolean isAccepted() {
        cursor.wrap(memory.address(), memory.length());
        int token = cursor.next();
        int most = memory.length() + 2;
        while (token != JsonCursor.END && token != JsonCursor.ERROR && most-- > 0) {
            token = cursor.next();
        }
        assertThat(most).as("tokens of a text").isPositive();
        return token == JsonCursor.END;
    }

    private List<String> tokens(String text) {
        memory.set(text);
        cursor.wrap(memory.address(), memory.length());
        List<String> tokens = new ArrayList<>();
        int token;
        do {
            token = cursor.next();
            tokens.add(switch (token) {
                case JsonCursor.BEGIN_OBJECT -> "{";
                case JsonCursor.END_OBJECT -> "}";
                case JsonCursor.BEGIN_ARRAY -> "[";
                case JsonCursor.END_ARRAY -> "]";
                case JsonCursor.KEY -> "key " + text();
                case JsonCursor.STRING -> "string " + text();
                case JsonCursor.NUMBER -> "number " + text();
                case JsonCursor.TRUE -> "true";
                case JsonCursor.FALSE -> "false";
                case JsonCursor.NULL -> "null";
                case JsonCursor.END -> "end";
                default -> "error " + cursor.error();
            });
        } while (token != JsonCursor.END && token != JsonCursor.ERROR);
        return tokens;
    }

    private String text() {
        return Ascii.text(cursor.textAddress(), cursor.textLength());
    }
}
