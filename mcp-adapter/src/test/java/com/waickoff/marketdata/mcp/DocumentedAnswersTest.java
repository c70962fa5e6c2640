package com.waickoff.marketdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * Asks what the user guide shows an agent to ask, of the sample recording at its end: a block
 * {@code ```text} of a tool's name and its arguments, and a block {@code ```json} of the answer.
 */
@Timeout(60)
class DocumentedAnswersTest {
    private static final Pattern BLOCK = Pattern.compile(
            "(?ms)^```text\n([a-z_]+) (\\{.*?})\n```\n\\s*^```json\n(.*?)^```\n");

    @TempDir
    Path directory;

    private Dialogue dialogue;

    @TestFactory
    Stream<DynamicTest> shouldAnswerWhatTheGuideShows() throws IOException {
        dialogue = Dialogue.initialized(() -> ReplayedEngine.SAMPLE_END_MS,
                ReplayedEngine.sample(directory.resolve("data")));
        String guide = Files.readString(ReplayedEngine.project().resolve("docs/user-guide.md"));
        List<DynamicTest> tests = new ArrayList<>();
        Matcher block = BLOCK.matcher(guide);
        while (block.find()) {
            String tool = block.group(1);
            String arguments = block.group(2);
            JsonNode shown = Dialogue.JSON.readTree(block.group(3));
            tests.add(dynamicTest(tool + ' ' + arguments,
                    () -> assertThat((Object) dialogue.answer(tool, arguments))
                            .isEqualTo(shown)));
        }
        assertThat(tests).isNotEmpty();
        return tests.stream();
    }

    @AfterEach
    void end() throws IOException {
        dialogue.close();
    }
}
