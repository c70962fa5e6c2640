package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.NativeMemory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a journal directory says of itself.
 *
 * @param journalId when it was created, ns since the epoch: who kept a place in a journal tells by
 *     it that the directory holds another one now
 * @param config how it is kept
 */
record JournalIdentity(long journalId, JournalConfig config) {
    private static final int MAGIC_64 = 0;
    private static final int VERSION_32 = 8;
    private static final int BLOCK_LENGTH_32 = 12;
    private static final int JOURNAL_ID_64 = 16;
    private static final int TAPE_CYCLE_MINUTES_32 = 24;
    private static final int DEPTH_CYCLE_MINUTES_32 = 28;
    private static final int CRC_32 = JournalFormat.IDENTITY_LENGTH - Integer.BYTES;

    /**
     * Reads the identity of an existing journal.
     *
     * @throws JournalException if there is none, or one that this program must not touch
     */
    static JournalIdentity read(Path directory) {
        Path path = directory.resolve(JournalFormat.IDENTITY_FILE);
        if (!Files.exists(path)) {
            throw new JournalException(directory + ": no journal: found no "
                    + JournalFormat.IDENTITY_FILE + "; expected a directory that the engine wrote."
                    + " Check the configured path");
        }
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(path);
        } catch (IOException e) {
            throw new JournalException(path + ": cannot be read: " + e.getMessage(), e);
        }
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(Math.max(bytes.length, JournalFormat.IDENTITY_LENGTH),
                    Long.BYTES).address();
            NativeMemory.copy(bytes, 0, bytes.length, address);
            return parse(directory, address, bytes.length);
        }
    }

    /** Writes the identity of a new journal: afterwards it is there whole. */
    void write(Path directory) throws IOException {
        Path path = directory.resolve(JournalFormat.IDENTITY_FILE);
        Path nascent = directory.resolve(JournalFormat.IDENTITY_FILE + ".new");
        try (Arena arena = Arena.ofConfined();
                FileChannel channel = FileChannel.open(nascent, StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            long address = arena.allocate(JournalFormat.IDENTITY_LENGTH, Long.BYTES).address();
            NativeMemory.putLong(address + MAGIC_64, JournalFormat.MAGIC);
            NativeMemory.putInt(address + VERSION_32, JournalFormat.VERSION);
            NativeMemory.putInt(address + BLOCK_LENGTH_32, config.blockLength());
            NativeMemory.putLong(address + JOURNAL_ID_64, journalId);
            NativeMemory.putInt(address + TAPE_CYCLE_MINUTES_32, config.tapeCycle().minutes());
            NativeMemory.putInt(address + DEPTH_CYCLE_MINUTES_32, config.depthCycle().minutes());
            NativeMemory.putInt(address + CRC_32, new Checksum().of(address, CRC_32));
            ByteBuffer content = NativeMemory.view(address, JournalFormat.IDENTITY_LENGTH);
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(nascent, path, StandardCopyOption.ATOMIC_MOVE);
    }

    private static JournalIdentity parse(Path directory, long address, int length) {
        if (length >= Long.BYTES && NativeMemory.longAt(address) != JournalFormat.MAGIC) {
            throw refused(directory, "is not a journal's",
                    "Check the configured path: this directory belongs to something else");
        }
        int version = length >= BLOCK_LENGTH_32 ? NativeMemory.intAt(address + VERSION_32) : 0;
        if (version > JournalFormat.VERSION) {
            throw refused(directory,
                    "says format version " + version + ", expected at most "
                            + JournalFormat.VERSION,
                    "It was written by a newer program: use that one, or another directory");
        }
        if (length != JournalFormat.IDENTITY_LENGTH || version < 1
                || NativeMemory.intAt(address + CRC_32) != new Checksum().of(address, CRC_32)) {
            throw refused(directory,
                    "is damaged: found " + length + " bytes, expected "
                            + JournalFormat.IDENTITY_LENGTH + " with their checksum",
                    "Restore this file from a backup; the events are in files of their own");
        }
        return new JournalIdentity(NativeMemory.longAt(address + JOURNAL_ID_64),
                new JournalConfig(cycle(directory, address + TAPE_CYCLE_MINUTES_32),
                        cycle(directory, address + DEPTH_CYCLE_MINUTES_32),
                        NativeMemory.intAt(address + BLOCK_LENGTH_32)));
    }

    private static JournalCycle cycle(Path directory, long address) {
        int minutes = NativeMemory.intAt(address);
        for (JournalCycle cycle : JournalCycle.values()) {
            if (cycle.minutes() == minutes) {
                return cycle;
            }
        }
        throw refused(directory, "says cycles of " + minutes + " minutes, which are unknown",
                "It was written by a newer program: use that one, or another directory");
    }

    private static JournalException refused(Path directory, String found, String cure) {
        return new JournalException(directory + ": the file " + JournalFormat.IDENTITY_FILE + ' '
                + found + ". " + cure);
    }
}
