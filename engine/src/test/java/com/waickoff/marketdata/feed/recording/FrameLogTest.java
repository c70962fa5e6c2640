package com.waickoff.marketdata.feed.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.decimal.Ascii;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines on their way into files, with a disk that keeps up and one that does not. */
class FrameLogTest {
    private static final String URL = "ws://venue/stream";
    private static final long SECOND = 1_000_000_000L;

    @TempDir
    private Path directory;
    private final Arena arena = Arena.ofShared();
    private final RecorderTotals totals = new RecorderTotals();
    private final Definitions definitions = new Definitions();
    private final List<RecordingFile> ended = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @AfterEach
    void free() {
        arena.close();
    }

    @Test
    void shouldKeepEveryLineInItsOrder() throws IOException {
        Random random = new Random(1);
        BlockPool pool = new BlockPool(1 << 26);
        FrameLog log = log(pool, Long.MAX_VALUE);
        List<String> expected = new ArrayList<>(List.of("5\tC\t" + URL));

        log.connected(5);
        for (int i = 0; i < 2_000; i++) {
            String text = "x".repeat(random.nextInt(random.nextInt(20) == 0 ? 200_000 : 300));
            long timeNs = 1_700_000_000_000_000_000L + i;
            switch (random.nextInt(10)) {
                case 0 -> {
                    log.sent(text + "é", timeNs);
                    expected.add(timeNs + "\tS\t" + text + "é");
                }
                case 1 -> {
                    log.answered(("http://venue/depth\t" + text + '\n')
                            .getBytes(StandardCharsets.UTF_8), timeNs);
                    expected.add(timeNs + "\tH\thttp://venue/depth\t" + text);
                }
                default -> {
                    receive(log, text, timeNs);
                    expected.add(timeNs + "\tR\t" + text);
                }
            }
            if (i % 100 == 0) {
                log.handOver();
            }
        }
        log.end(9);
        drain(pool);

        assertThat(lines(only())).isEqualTo(expected);
        assertThat(totals.linesLost()).isZero();
    }

    @Test
    void shouldBeginEachFileWithConnectionAndDefinitions() throws IOException {
        BlockPool pool = new BlockPool(1 << 20);
        FrameLog log = log(pool, 10 * SECOND);
        log.connected(SECOND);
        byte[] first = "http://venue/list?page=1\t[1]\n".getBytes(StandardCharsets.UTF_8);
        definitions.add("/list?page=1", first);
        log.defined(first, SECOND);
        byte[] second = "http://venue/list?page=2\t[2]\n".getBytes(StandardCharsets.UTF_8);
        definitions.add("/list?page=2", second);
        log.defined(second, SECOND);
        receive(log, "{\"a\":1}", SECOND);

        assertThat(log.isDue(11 * SECOND - 1)).isFalse();
        assertThat(log.isDue(11 * SECOND)).isTrue();
        log.rotate(11 * SECOND);
        receive(log, "{\"a\":2}", 12 * SECOND);
        log.disconnected();
        assertThat(log.isDue(30 * SECOND)).as("nobody is there to renew anything").isFalse();
        log.end(30 * SECOND);
        drain(pool);

        assertThat(lines(ended.get(1).path())).containsExactly("11000000000\tC\t" + URL,
                "11000000000\tH\thttp://venue/list?page=1\t[1]",
                "11000000000\tH\thttp://venue/list?page=2\t[2]", "12000000000\tR\t{\"a\":2}");
        assertThat(lines(ended.get(0).path())).hasSize(4);
        assertThat(ended.get(0).path().getFileName()).hasToString(
                "venue-0_19700101T000001.frames.tsv.gz");
    }

    @Test
    void shouldNeverReplaceAFile() throws IOException {
        Path old = directory.resolve("venue-0_19700101T000000.frames.tsv.gz");
        Files.writeString(old, "old");
        BlockPool pool = new BlockPool(1 << 20);
        FrameLog log = log(pool, SECOND);
        log.connected(1);
        log.end(2);
        drain(pool);

        assertThat(only().getFileName())
                .hasToString("venue-0_19700101T000000-2.frames.tsv.gz");
        assertThat(old).hasContent("old");
    }

    /** What is lost is whole lines, all of them between two files. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void shouldLoseWholeLinesBetweenTwoFilesAndCountThem(long seed) throws IOException {
        Random random = new Random(seed);
        BlockPool pool = new BlockPool(4L * Block.BYTES);
        FrameLog log = log(pool, Long.MAX_VALUE);
        log.connected(1);
        List<String> given = new ArrayList<>();
        for (int i = 0; totals.linesLost() < 100; i++) {
            given.add("frame " + i + ' ' + "y".repeat(random.nextInt(5_000)));
            receive(log, given.getLast(), 2 + i);
        }
        assertThat(log.isDue(given.size())).as("the disk has not caught up").isFalse();
        drain(pool);
        assertThat(log.isDue(given.size())).isTrue();
        log.rotate(10_000);
        receive(log, "after", 10_001);
        log.end(10_002);
        drain(pool);

        List<String> before = lines(ended.get(0).path());
        assertThat(before).hasSize(1 + given.size() - 100);
        for (int i = 0; i < before.size() - 1; i++) {
            assertThat(before.get(i + 1)).isEqualTo((2 + i) + "\tR\t" + given.get(i));
        }
        assertThat(lines(ended.get(1).path())).containsExactly("10000\tC\t" + URL,
                "10001\tR\tafter");
        assertThat(totals.linesLost()).isEqualTo(100);
    }

    @Test
    void shouldMakeOneLineOfSeveralAndRefuseWhatIsNoJson() throws IOException {
        BlockPool pool = new BlockPool(1 << 20);
        FrameLog log = log(pool, SECOND);
        log.connected(1);
        receive(log, "{\n\t\"a\" : \"b\\\"c\\\\\" ,\r\n \"d\":1\n}", 2);
        receive(log, "{\"a\":\"b\nc\"}", 3);
        receive(log, "{\"a\":\"b\\\nc\"}", 4);
        receive(log, "\u0001", 5);
        log.end(6);
        drain(pool);

        assertThat(lines(only())).containsExactly("1\tC\t" + URL,
                "2\tR\t{  \"a\" : \"b\\\"c\\\\\" ,   \"d\":1 }", "5\tR\t\u0001");
        assertThat(totals.linesJoined()).isEqualTo(2);
        assertThat(totals.refusals()).isEqualTo(2);
    }

    @Test
    void shouldTellOfADiskThatFails() throws IOException {
        BlockPool pool = new BlockPool(1 << 20);
        FrameLog log = log(pool, SECOND);
        log.connected(1);
        log.end(2);
        Files.delete(directory);
        RecordingFiles files = drain(pool);
        Files.createDirectory(directory);

        assertThat(failures).hasSize(1);
        assertThat(files.failure()).isSameAs(failures.getFirst());
        assertThat(ended).isEmpty();
    }

    @Test
    void shouldNotAllocate() {
        Random random = new Random(3);
        BlockPool pool = new BlockPool(64L * Block.BYTES);
        FrameLog log = log(pool, Long.MAX_VALUE);
        List<MemorySegment> frames = Stream.generate(() -> frame("z".repeat(random.nextInt(900))))
                .limit(200).toList();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        RecordingFiles files = writer(pool);
        files.start();
        log.connected(1);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 300; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < frames.size(); i++) {
                MemorySegment frame = frames.get(i);
                log.received(frame.address(), (int) frame.byteSize() - Ascii.OVERRUN_BYTES,
                        round);
            }
            log.handOver();
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
            while (!pool.isIdle()) {
                Thread.onSpinWait();
            }
        }
        log.end(1_000);
        files.stop();

        assertThat(least).isZero();
        assertThat(totals.linesLost()).isZero();
    }

    private FrameLog log(BlockPool pool, long rotateNs) {
        return new FrameLog("venue-0", URL, new RecorderSettings(directory, rotateNs,
                Long.MAX_VALUE, RecorderSettings.DEFAULT_BUFFER_BYTES), pool, definitions, totals);
    }

    private RecordingFiles writer(BlockPool pool) {
        return new RecordingFiles(pool, directory, totals, ended::add, failures::add);
    }

    /** Writes what has been handed over. */
    private RecordingFiles drain(BlockPool pool) {
        RecordingFiles files = writer(pool);
        files.start();
        files.stop();
        return files;
    }

    private void receive(FrameLog log, String text, long timeNs) {
        MemorySegment frame = frame(text);
        log.received(frame.address(), (int) frame.byteSize() - Ascii.OVERRUN_BYTES, timeNs);
    }

    private MemorySegment frame(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        MemorySegment frame = arena.allocate(bytes.length + Ascii.OVERRUN_BYTES);
        MemorySegment.copy(bytes, 0, frame, ValueLayout.JAVA_BYTE, 0, bytes.length);
        return frame;
    }

    private Path only() {
        assertThat(ended).hasSize(1);
        return ended.getFirst().path();
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
