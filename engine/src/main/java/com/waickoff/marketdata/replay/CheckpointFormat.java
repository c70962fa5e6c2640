package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The state of studies, books, id chains and catalogue at a sequence.
 *
 * <pre>
 *  all numbers big-endian, texts as {@link java.io.DataOutput#writeUTF} writes them
 *
 *  +------------------------------+ 0
 *  | magic "WAICKCKP" (8)         |
 *  | format version (4)           |
 *  | journal id (8)               |   of the journal whose events it holds
 *  | sequence (8)                 |   last engine sequence it holds
 *  +------------------------------+ 28
 *  | number of instruments (4)    |
 *  |  id, venue, symbol, price scale, tick, quantity scale, lot, contract size, contract unit,
 *  |  quantity unit, price unit, ids chain                       one instrument, in order of ids
 *  +------------------------------+
 *  | number of parts (4)          |
 *  |  instrument id (4), name, version (4), length (4), content  one part of one instrument
 *  +------------------------------+
 *  | CRC32C (4) of all before     |
 *  +------------------------------+
 * </pre>
 */
final class CheckpointFormat {
    /** The version that is written, and the only one that is read. */
    static final int VERSION = 1;

    private static final long MAGIC = 0x57_41_49_43_4B_43_4B_50L;
    private static final int CRC_BYTES = Integer.BYTES;
    private static final int HEADER_BYTES = 28;
    private static final int BUFFER_BYTES = 1 << 16;

    private CheckpointFormat() {}

    /** Writes a whole file, part by part: no more than one part is in memory. */
    static void write(OutputStream file, long journalId, long sequence,
            InstrumentCatalogue catalogue, IntFunction<List<Checkpointed>> partsOf)
            throws IOException {
        CheckedOutputStream checked = new CheckedOutputStream(
                new BufferedOutputStream(file, BUFFER_BYTES), new CRC32C());
        DataOutputStream out = new DataOutputStream(checked);
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(journalId);
        out.writeLong(sequence);
        out.writeInt(catalogue.count());
        int parts = 0;
        for (Instrument instrument : catalogue.all()) {
            writeInstrument(out, instrument);
            parts += partsOf.apply(instrument.id()).size();
        }
        out.writeInt(parts);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (Instrument instrument : catalogue.all()) {
            for (Checkpointed part : partsOf.apply(instrument.id())) {
                content.reset();
                part.writeInstrument(instrument.id(), new DataOutputStream(content));
                out.writeInt(instrument.id());
                out.writeUTF(part.partName());
                out.writeInt(part.partVersion());
                out.writeInt(content.size());
                content.writeTo(out);
            }
        }
        out.writeInt((int) checked.getChecksum().getValue());
        out.flush();
    }

    private static void writeInstrument(DataOutputStream out, Instrument instrument)
            throws IOException {
        out.writeInt(instrument.id());
        out.writeUTF(instrument.venue());
        out.writeUTF(instrument.symbol());
        out.writeInt(instrument.priceScale());
        out.writeLong(instrument.tick());
        out.writeInt(instrument.quantityScale());
        out.writeLong(instrument.lot());
        out.writeUTF(instrument.contractSize().toPlainString());
        out.writeUTF(instrument.contractUnit());
        out.writeUTF(instrument.quantityUnit());
        out.writeUTF(instrument.priceUnit());
        out.writeBoolean(instrument.idsChain());
    }

    /**
     * Checks a whole file and reads what it is about; its parts are read when they are restored.
     *
     * @throws IOException if it is damaged, foreign, or of another version; the message says which
     */
    static Checkpoint read(Path file) throws IOException {
        long length = Files.size(file);
        if (length < HEADER_BYTES + CRC_BYTES) {
            throw new IOException("it is cut off: " + length + " bytes");
        }
        CountedInput counted = new CountedInput(
                new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
        try (DataInputStream in = new DataInputStream(counted)) {
            if (in.readLong() != MAGIC) {
                throw new IOException("it is no checkpoint");
            }
            int version = in.readInt();
            if (version != VERSION) {
                throw new IOException(
                        "it has format version " + version + ", this program reads " + VERSION);
            }
            verify(file, length - CRC_BYTES);
            long journalId = in.readLong();
            long sequence = in.readLong();
            List<Instrument> instruments = new ArrayList<>();
            int instrumentCount = in.readInt();
            for (int i = 0; i < instrumentCount; i++) {
                instruments.add(readInstrument(in));
            }
            return new Checkpoint(journalId, sequence, instruments, file, counted.count);
        }
    }

    private static void verify(Path file, long body) throws IOException {
        CRC32C crc = new CRC32C();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            for (long left = body; left > 0;) {
                int length = (int) Math.min(left, buffer.length);
                in.readFully(buffer, 0, length);
                crc.update(buffer, 0, length);
                left -= length;
            }
            if (in.readInt() != (int) crc.getValue()) {
                throw new IOException("it is damaged: its checksum does not match");
            }
        }
    }

    /** Hands on the parts of a file that was checked, one after the other. */
    static void readParts(Checkpoint checkpoint, PartReader reader) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(checkpoint.file()),
                BUFFER_BYTES); DataInputStream in = new DataInputStream(file)) {
            in.skipNBytes(checkpoint.partsOffset());
            int parts = in.readInt();
            for (int i = 0; i < parts; i++) {
                reader.onPart(readPart(in));
            }
        }
    }

    /** Takes over a part. */
    @FunctionalInterface
    interface PartReader {
        void onPart(Checkpoint.Part part) throws IOException;
    }

    /** Knows how far it has been read. */
    private static final class CountedInput extends FilterInputStream {
        private long count;

        CountedInput(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            count += next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            count += Math.max(0, read);
            return read;
        }
    }

    private static Checkpoint.Part readPart(DataInputStream in) throws IOException {
        int instrumentId = in.readInt();
        String name = in.readUTF();
        int version = in.readInt();
        byte[] content = in.readNBytes(in.readInt());
        return new Checkpoint.Part(instrumentId, name, version, content);
    }

    private static Instrument readInstrument(DataInput in) throws IOException {
        int id = in.readInt();
        String venue = in.readUTF();
        String symbol = in.readUTF();
        int priceScale = in.readInt();
        long tick = in.readLong();
        int quantityScale = in.readInt();
        long lot = in.readLong();
        return new Instrument(id, venue, symbol, priceScale, tick, quantityScale, lot,
                new BigDecimal(in.readUTF()), in.readUTF(), in.readUTF(), in.readUTF(),
                in.readBoolean());
    }
}
