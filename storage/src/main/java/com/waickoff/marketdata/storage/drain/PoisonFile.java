package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Effects that a server refuses for good, one object of JSON a line, each once:
 * {@code {"journal":…,"id":"4711-0","type":…,"instrument":…,"reason":…,"atMs":…,"effect":…}}.
 *
 * <p>Threads: one.
 */
final class PoisonFile {
    private static final Pattern HEAD = Pattern
            .compile("\\{\"journal\":(-?[0-9]+),\"id\":\"([0-9]+-[0-9]+)\",.*}");

    private final Path file;
    private final long journalId;
    private final Set<EffectId> known;

    private PoisonFile(Path file, long journalId, Set<EffectId> known) {
        this.file = file;
        this.journalId = journalId;
        this.known = known;
    }

    /**
     * What was set aside so far.
     *
     * @param after only later effects matter: what comes before is not given again
     */
    static PoisonFile open(Path file, long journalId, EffectId after) throws IOException {
        Set<EffectId> known = new HashSet<>();
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            lines.map(HEAD::matcher).filter(Matcher::matches)
                    .filter(head -> head.group(1).equals(Long.toString(journalId)))
                    .map(head -> EffectId.parse(head.group(2))).filter(after::isBefore)
                    .forEach(known::add);
        } catch (NoSuchFileException none) {
            known.clear();
        }
        return new PoisonFile(file, journalId, known);
    }

    /** Whether it was set aside already. */
    boolean contains(EffectId id) {
        return !known.isEmpty() && known.contains(id);
    }

    /** Sets an effect aside; when this returns, the disk has it. */
    void add(Effect effect, String reason, long nowMs) throws IOException {
        String line = new JsonLine().put("journal", journalId).put("id", effect.id().toString())
                .put("type", effect.type()).put("instrument", effect.instrument().name())
                .put("reason", reason).put("atMs", nowMs).put("effect", effect.toString()) + "\n";
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            channel.position(endOfLastLine(channel));
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(line);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        known.add(effect.id());
    }

    /** Behind the last whole line: what a killed process left of another one is written over. */
    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            if (channel.read(one, end - 1) == 1 && one.get(0) == '\n') {
                channel.truncate(end);
                return end;
            }
        }
        channel.truncate(0);
        return 0;
    }
}
