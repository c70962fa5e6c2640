package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.Checkpointed;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.zip.CRC32C;

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

    private CheckpointFormat() {}

    static byte[] encode(long journalId, long sequence, InstrumentCatalogue catalogue,
            IntFunction<List<Checkpointed>> partsOf) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(MAGIC);
        out.writeInt(VERSION);
        out.writeLong(journalId);
        out.writeLong(sequence);
        out.writeInt(catalogue.count());
        for (Instrument instrument : catalogue.all()) {
            writeInstrument(out, instrument);
        }
        List<byte[]> parts = new ArrayList<>();
        for (Instrument instrument : catalogue.all()) {
            for (Checkpointed part : partsOf.apply(instrument.id())) {
                parts.add(encodePart(instrument.id(), part));
            }
        }
        out.writeInt(parts.size());
        for (byte[] part : parts) {
            out.write(part);
        }
        out.writeInt(crc(bytes.toByteArray(), bytes.size()));
        return bytes.toByteArray();
    }

    private static byte[] encodePart(int instrumentId, Checkpointed part) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        part.writeInstrument(instrumentId, new DataOutputStream(content));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(instrumentId);
        out.writeUTF(part.partName());
        out.writeInt(part.partVersion());
        out.writeInt(content.size());
        content.writeTo(out);
        return bytes.toByteArray();
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
     * Checks a whole file.
     *
     * @throws IOException if it is damaged, foreign, or of another version; the message says which
     */
    static Checkpoint decode(byte[] bytes) throws IOException {
        if (bytes.length < HEADER_BYTES + CRC_BYTES) {
            throw new IOException("it is cut off: " + bytes.length + " bytes");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        if (in.readLong() != MAGIC) {
            throw new IOException("it is no checkpoint");
        }
        int version = in.readInt();
        if (version != VERSION) {
            throw new IOException(
                    "it has format version " + version + ", this program reads " + VERSION);
        }
        int body = bytes.length - CRC_BYTES;
        DataInputStream tail = new DataInputStream(
                new ByteArrayInputStream(bytes, body, CRC_BYTES));
        if (tail.readInt() != crc(bytes, body)) {
            throw new IOException("it is damaged: its checksum does not match");
        }
        long journalId = in.readLong();
        long sequence = in.readLong();
        List<Instrument> instruments = new ArrayList<>();
        int instrumentCount = in.readInt();
        for (int i = 0; i < instrumentCount; i++) {
            instruments.add(readInstrument(in));
        }
        List<Checkpoint.Part> parts = new ArrayList<>();
        int partCount = in.readInt();
        for (int i = 0; i < partCount; i++) {
            parts.add(readPart(in));
        }
        return new Checkpoint(journalId, sequence, instruments, parts);
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

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
