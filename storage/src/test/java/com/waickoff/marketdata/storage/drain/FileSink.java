package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import com.waickoff.marketdata.storage.effect.WindowClosed;
import com.waickoff.marketdata.storage.effect.WindowRevised;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A log in a file, a line for each effect: survives the process that writes it, even in the middle of
 * a line. Fails at random, before and behind what it was to do.
 */
final class FileSink implements EffectSink {
    private final Path file;
    private final SplittableRandom random;
    private EffectId last = EffectId.NONE;

    FileSink(Path file, long seed) {
        this.file = file;
        random = new SplittableRandom(seed);
    }

    /** An effect as it stands in the file. */
    static String line(Effect effect) {
        int rows = switch (effect) {
            case WindowClosed closed -> closed.window().rows().hashCode();
            case WindowRevised revised -> revised.window().rows().hashCode();
            default -> 0;
        };
        return effect.id() + " " + effect.type() + ' '
                + Integer.toHexString(effect.toString().hashCode() * 31 + rows);
    }

    @Override
    public String name() {
        return "file";
    }

    @Override
    public EffectId resumeAfter(long journalId, long epoch) throws SinkUnavailableException {
        fail();
        try {
            last = EffectId.NONE;
            if (Files.exists(file)) {
                String text = Files.readString(file, StandardCharsets.US_ASCII);
                int whole = text.lastIndexOf('\n') + 1;
                try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
                    log.setLength(whole);
                }
                if (whole > 0) {
                    String line = text.substring(text.lastIndexOf('\n', whole - 2) + 1, whole);
                    last = EffectId.parse(line.substring(0, line.indexOf(' ')));
                }
            }
            return last;
        } catch (IOException e) {
            throw new SinkUnavailableException("the log cannot be read", e);
        }
    }

    @Override
    public void write(List<Effect> batch) throws SinkUnavailableException {
        fail();
        try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "rw")) {
            log.seek(log.length());
            for (Effect effect : batch) {
                if (!last.isBefore(effect.id())) {
                    throw new IllegalStateException(effect.id() + " comes after " + last);
                }
                byte[] line = (line(effect) + '\n').getBytes(StandardCharsets.US_ASCII);
                int part = random.nextInt(line.length);
                log.write(line, 0, part);
                log.write(line, part, line.length - part);
                last = effect.id();
            }
        } catch (IOException e) {
            throw new SinkUnavailableException("the log cannot be written", e);
        }
        fail();
    }

    private void fail() throws SinkUnavailableException {
        if (random.nextInt(10) == 0) {
            throw new SinkUnavailableException("invented");
        }
    }

    @Override
    public void cursor(long sequence) throws SinkUnavailableException {
        fail();
    }

    @Override
    public void clear(long journalId, long epoch) throws SinkUnavailableException {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new SinkUnavailableException("the log cannot be removed", e);
        }
    }

    @Override
    public void close() {
        // It holds nothing open.
    }
}
