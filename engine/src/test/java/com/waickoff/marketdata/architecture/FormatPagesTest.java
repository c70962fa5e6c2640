package com.waickoff.marketdata.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The drawings in {@code docs/formats} are those of the classes that specify the formats. A page
 * says which one stands where:
 *
 * <pre>
 *   &lt;!-- drawing: journal/JournalFormat 2 --&gt;     the second drawing in that class's text
 * </pre>
 *
 * <p>Run with {@code -Dformats.write=true}, the pages take over what the classes say.
 */
class FormatPagesTest {
    private static final List<String> MODULES = List.of("engine", "storage");
    private static final String ROOMS = "src/main/java/com/waickoff/marketdata/";
    private static final Pattern DRAWING = Pattern.compile(
            "(<!-- drawing: ([A-Za-z/]+) ([0-9]+) -->\n```text\n)(.*?)(```\n)", Pattern.DOTALL);
    private static final Pattern PRE = Pattern.compile(" \\* <pre>\n(.*?) \\* </pre>",
            Pattern.DOTALL);
    private static final Pattern LINK = Pattern
            .compile("\\{@link (?:[A-Za-z.]*\\.)?([A-Za-z#]+)\\}");
    private static final Pattern VALUE = Pattern.compile("\\{@value #([A-Z_0-9]+)\\}");

    private static final Path ROOT = projectRoot();

    @Test
    void shouldDrawWhatTheClassesSay() throws IOException {
        List<Path> pages = pages();
        assertThat(pages).hasSizeGreaterThan(7);
        for (Path page : pages) {
            String text = Files.readString(page);
            String drawn = DRAWING.matcher(text).replaceAll(
                    found -> Matcher.quoteReplacement(found.group(1) + drawing(found)
                            + found.group(5)));
            if (Boolean.getBoolean("formats.write")) {
                Files.writeString(page, drawn);
            } else {
                assertThat(text).as(page + "; -Dformats.write=true takes over what changed")
                        .isEqualTo(drawn);
            }
            assertThat(page.endsWith("README.md") || DRAWING.matcher(text).find())
                    .as(page + " shows a drawing").isTrue();
        }
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs/formats"))) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }

    private static String drawing(MatchResult found) {
        Path source = MODULES.stream()
                .map(module -> ROOT.resolve(module).resolve(ROOMS + found.group(2) + ".java"))
                .filter(Files::exists).findFirst().orElseThrow();
        try {
            String text = Files.readString(source);
            List<String> drawings = PRE.matcher(text).results().map(pre -> pre.group(1)).toList();
            return plain(drawings.get(Integer.parseInt(found.group(3)) - 1), text);
        } catch (IOException e) {
            throw new AssertionError(source + " is named as a format's specification", e);
        }
    }

    private static String plain(String drawing, String source) {
        String text = drawing.replaceAll("(?m)^ \\* ?", "");
        text = LINK.matcher(text).replaceAll("$1");
        text = VALUE.matcher(text).replaceAll(found -> value(found.group(1), source));
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String value(String constant, String source) {
        Matcher matcher = Pattern.compile(" " + constant + " = ([^;]+);").matcher(source);
        assertThat(matcher.find()).as(constant).isTrue();
        return matcher.group(1);
    }

    private static Path projectRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
