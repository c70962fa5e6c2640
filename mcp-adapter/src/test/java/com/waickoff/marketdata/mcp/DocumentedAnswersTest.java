package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Asks what the guides show an agent to ask, of the sample recording at its end: a block
 * {@code ```text} of a tool's name and its arguments, and a block {@code ```json} of the answer. With
 * {@code -Dwaickoff.documents=write} the answers are written into the guides instead.
 */
@Timeout(300)
class DocumentedAnswersTest {
    private static final Pattern BLOCK = Pattern.compile(
            "(?ms)^```text\n([a-z_]+) (\\{.*?})\n```\n\\s*^```json\n(.*?)^```\n");
    private static final List<String> GUIDES = List.of("docs/user-guide.md",
            "docs/ask-an-agent.md");
    private static final int LINE_LENGTH = 140;

    @TempDir
    Path directory;

    private Dialogue dialogue;

    @TestFactory
    Stream<DynamicTest> shouldAnswerWhatTheGuidesShow() throws IOException {
        dialogue = Dialogue.initialized(() -> ReplayedEngine.SAMPLE_END_MS,
                ReplayedEngine.sample(directory.resolve("data")));
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : GUIDES) {
            Path guide = ReplayedEngine.project().resolve(name);
            String text = Files.readString(guide);
            if ("write".equals(System.getProperty("waickoff.documents"))) {
                text = rewritten(text);
                Files.writeString(guide, text);
            }
            int before = tests.size();
            Matcher block = BLOCK.matcher(text);
            while (block.find()) {
                String tool = block.group(1);
                String arguments = block.group(2);
                JsonNode shown = Dialogue.JSON.readTree(block.group(3));
                tests.add(dynamicTest(name + ": " + tool + ' ' + arguments,
                        () -> assertThat((Object) dialogue.answer(tool, arguments))
                                .isEqualTo(shown)));
            }
            assertThat(tests).as(name).hasSizeGreaterThan(before);
        }
        return tests.stream();
    }

    private String rewritten(String text) throws IOException {
        StringBuilder written = new StringBuilder();
        int end = 0;
        for (MatchResult block : BLOCK.matcher(text).results().toList()) {
            written.append(text, end, block.start(3))
                    .append(drawn(dialogue.answer(block.group(1), block.group(2))));
            end = block.end(3);
        }
        return written.append(text.substring(end)).toString();
    }

    /** As many fields on a line as fit. */
    private static String drawn(JsonNode answer) {
        StringBuilder drawn = new StringBuilder("{\n");
        StringBuilder line = new StringBuilder(" ");
        int left = answer.size();
        for (var field : answer.properties()) {
            String shown = " \"" + field.getKey() + "\": " + spaced(field.getValue())
                    + (--left > 0 ? "," : "");
            if (line.length() > 1 && line.length() + shown.length() > LINE_LENGTH) {
                drawn.append(line).append('\n');
                line = new StringBuilder(" ");
            }
            line.append(shown);
        }
        return drawn.append(line).append("\n}\n").toString();
    }

    private static String spaced(JsonNode json) {
        List<String> parts = new ArrayList<>();
        if (json.isObject()) {
            json.properties().forEach(field -> parts.add(
                    '"' + field.getKey() + "\": " + spaced(field.getValue())));
            return '{' + String.join(", ", parts) + '}';
        }
        if (json.isArray()) {
            json.forEach(element -> parts.add(spaced(element)));
            return '[' + String.join(", ", parts) + ']';
        }
        return json.toString();
    }

    @AfterEach
    void end() throws IOException {
        dialogue.close();
    }
}
