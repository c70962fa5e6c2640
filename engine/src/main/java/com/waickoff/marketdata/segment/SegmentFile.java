package com.waickoff.marketdata.segment;

import com.waickoff.marketdata.journal.JournalException;
import com.waickoff.marketdata.journal.JournalFormat;
import com.waickoff.marketdata.journal.JournalQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The documents of one segment, forward. Nothing of a block is believed before its checksum is
 * right, and nothing of the segment before its manifest is.
 *
 * <p>Threads: one.
 */
final class SegmentFile implements AutoCloseable {
    private static final int MAX_BLOCK_DOCUMENT_BYTES = SegmentFormat.BLOCK_DOCUMENT_BYTES
            + JournalFormat.MAX_DOCUMENT_LENGTH;
    /** A number has at most ten bytes where it had at least one. */
    private static final int MAX_COLUMNS_LENGTH = 11 * MAX_BLOCK_DOCUMENT_BYTES;

    private final Path path;
    private final FileChannel channel;
    private final CRC32C crc = new CRC32C();
    private final Inflater inflater = new Inflater(true);
    private final DocumentDecoder decoder = new DocumentDecoder();
    private final byte[] blockHeader = new byte[SegmentFormat.BLOCK_HEADER_LENGTH];
    private final SegmentInfo info;
    private byte[] packed = new byte[0];
    private byte[] columns = new byte[0];
    private long position = SegmentFormat.HEADER_LENGTH;
    private long block;
    private long document;
    private int documentsLeft;
    private int documentBytesLeft;
    private int length;

    private SegmentFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        info = readInfo();
    }

    /**
     * Opens a segment.
     *
     * @throws JournalException if it is none, of a newer version, cut off or damaged as far as its
     *     ends tell
     */
    static SegmentFile open(Path path) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new SegmentFile(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    SegmentInfo info() {
        return info;
    }

    /** Moves to the next document; false after the last one. */
    boolean next() {
        try {
            while (documentsLeft == 0) {
                if (block == info.blocks()) {
                    return false;
                }
                nextBlock();
            }
            length = decoder.next();
        } catch (IOException e) {
            throw new JournalException(place() + ": cannot be read: " + e, e);
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw new JournalException(place() + ": its columns do not make documents", e);
        }
        documentsLeft--;
        documentBytesLeft -= length;
        document++;
        if (documentsLeft == 0 && (documentBytesLeft != 0 || !decoder.isAtEnd())) {
            throw new JournalException(place() + ": its documents are not those it was made of");
        }
        return true;
    }

    long address() {
        return decoder.address();
    }

    int length() {
        return length;
    }

    /** Where the document is, for messages. */
    String place() {
        return "segment " + info.queue().directoryName() + ' ' + path.getFileName() + ", block "
                + block + " before byte " + position + ", document " + document;
    }

    /**
     * Reads every document and holds them against the manifest.
     *
     * @throws JournalException if they are not those that were sealed
     */
    void verify() {
        DocumentDigest digest = new DocumentDigest();
        long events = 0;
        long bytes = 0;
        long endSequence = 0;
        while (next()) {
            digest.add(address(), length);
            events += JournalFormat.count(address());
            bytes += length;
            endSequence = JournalFormat.endSequence(address());
        }
        String sha256 = hex(digest.value());
        if (document != info.documents() || events != info.events()
                || bytes != info.documentBytes() || endSequence != info.endSequence()
                || !sha256.equals(info.sha256())) {
            throw new JournalException(place() + ": found " + document + " documents, " + events
                    + " events, " + bytes + " bytes, the end at sequence " + endSequence
                    + " and the hash " + sha256 + ", which are not those of its manifest, " + info);
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        channel.close();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static int crc(CRC32C crc, byte[] bytes, int from, int to) {
        crc.reset();
        crc.update(bytes, from, to - from);
        return (int) crc.getValue();
    }

    /** Of a block whose header is followed by its columns. */
    static int blockCrc(CRC32C crc, byte[] bytes, int length) {
        crc.reset();
        crc.update(bytes, 0, SegmentFormat.BLOCK_CRC_32);
        crc.update(bytes, SegmentFormat.BLOCK_HEADER_LENGTH,
                length - SegmentFormat.BLOCK_HEADER_LENGTH);
        return (int) crc.getValue();
    }

    static int manifestCrc(CRC32C crc, byte[] header, byte[] manifest) {
        crc.reset();
        crc.update(header, 0, header.length);
        crc.update(manifest, 0, SegmentFormat.MANIFEST_CRC_32);
        return (int) crc.getValue();
    }

    private SegmentInfo readInfo() throws IOException {
        byte[] header = new byte[SegmentFormat.HEADER_LENGTH];
        byte[] manifest = new byte[SegmentFormat.MANIFEST_LENGTH];
        long fileLength = channel.size();
        if (fileLength < header.length + manifest.length) {
            throw refused("it is cut off: " + fileLength + " bytes");
        }
        read(header, 0, header.length, 0);
        if (Bytes.longAt(header, 0) != SegmentFormat.MAGIC) {
            throw refused("it is no segment, or its beginning is damaged");
        }
        int version = Bytes.intAt(header, SegmentFormat.VERSION_32);
        int documentVersion = Bytes.intAt(header, SegmentFormat.DOCUMENT_VERSION_32);
        if (Bytes.intAt(header, SegmentFormat.HEADER_CRC_32) != crc(crc, header, 0,
                SegmentFormat.HEADER_CRC_32)) {
            throw refused("its header is damaged");
        }
        if (version != SegmentFormat.VERSION || documentVersion != JournalFormat.VERSION) {
            throw refused("it says format version " + version + " with documents of version "
                    + documentVersion + ", this program reads " + SegmentFormat.VERSION + " with "
                    + JournalFormat.VERSION + ": read it with the program that wrote it");
        }
        read(manifest, 0, manifest.length, fileLength - manifest.length);
        if (Bytes.longAt(manifest, 0) != SegmentFormat.END_MAGIC) {
            throw refused("its manifest is not at its end: it is cut off, or damaged there");
        }
        if (Bytes.intAt(manifest, SegmentFormat.MANIFEST_CRC_32) != manifestCrc(crc, header,
                manifest)) {
            throw refused("its manifest is damaged");
        }
        return info(header, manifest, fileLength);
    }

    private SegmentInfo info(byte[] header, byte[] manifest, long fileLength) {
        int queue = Bytes.intAt(header, SegmentFormat.QUEUE_32);
        if (queue < 0 || queue >= JournalQueue.values().length) {
            throw refused("it is of the queue " + queue + ", which is unknown");
        }
        byte[] sha256 = new byte[SegmentFormat.SHA_256_LENGTH];
        System.arraycopy(manifest, SegmentFormat.MANIFEST_SHA_256, sha256, 0, sha256.length);
        return new SegmentInfo(path, JournalQueue.values()[queue],
                Bytes.longAt(header, SegmentFormat.JOURNAL_ID_64),
                Bytes.longAt(manifest, SegmentFormat.MANIFEST_BLOCKS_64),
                Bytes.longAt(manifest, SegmentFormat.MANIFEST_DOCUMENTS_64),
                Bytes.longAt(manifest, SegmentFormat.MANIFEST_EVENTS_64),
                Bytes.longAt(manifest, SegmentFormat.MANIFEST_DOCUMENT_BYTES_64), fileLength,
                Bytes.longAt(manifest, SegmentFormat.MANIFEST_FIRST_SEQUENCE_64),
                Bytes.longAt(manifest, SegmentFormat.MANIFEST_END_SEQUENCE_64),
                Bytes.longAt(manifest, SegmentFormat.MANIFEST_FIRST_RECEIVE_TIME_64),
                Bytes.longAt(manifest, SegmentFormat.MANIFEST_LAST_RECEIVE_TIME_64), hex(sha256));
    }

    private void nextBlock() throws IOException {
        long end = info.fileBytes() - SegmentFormat.MANIFEST_LENGTH;
        read(blockHeader, 0, blockHeader.length, position);
        int packedLength = Bytes.intAt(blockHeader, SegmentFormat.PACKED_LENGTH_32);
        int columnsLength = Bytes.intAt(blockHeader, SegmentFormat.COLUMNS_LENGTH_32);
        int total = SegmentFormat.BLOCK_HEADER_LENGTH + packedLength;
        if (packedLength < 0 || packedLength > end - position - SegmentFormat.BLOCK_HEADER_LENGTH
                || columnsLength < 0 || columnsLength > MAX_COLUMNS_LENGTH) {
            throw new JournalException(place() + ": the lengths of the next block are damaged");
        }
        if (packed.length < total) {
            packed = new byte[total];
        }
        System.arraycopy(blockHeader, 0, packed, 0, blockHeader.length);
        read(packed, blockHeader.length, packedLength, position + blockHeader.length);
        if (Bytes.intAt(blockHeader, SegmentFormat.BLOCK_CRC_32) != blockCrc(crc, packed, total)) {
            throw new JournalException(
                    place() + ": the checksum of the next block is wrong: the file is damaged");
        }
        if (columns.length < columnsLength) {
            columns = new byte[columnsLength];
        }
        unpack(packedLength, columnsLength);
        position += total;
        block++;
        documentsLeft = Bytes.intAt(blockHeader, SegmentFormat.DOCUMENTS_32);
        documentBytesLeft = Bytes.intAt(blockHeader, SegmentFormat.DOCUMENT_BYTES_32);
        decoder.begin(new Bytes(columns, 0, columnsLength));
        if (block == info.blocks() && position != end) {
            throw new JournalException(place() + ": " + (end - position)
                    + " bytes stand between its last block and its manifest");
        }
    }

    private void unpack(int packedLength, int columnsLength) {
        inflater.reset();
        inflater.setInput(packed, SegmentFormat.BLOCK_HEADER_LENGTH, packedLength);
        try {
            int unpacked = inflater.inflate(columns, 0, columnsLength);
            // With no room left, it may not have come to the mark of its end.
            unpacked += inflater.finished() ? 0 : inflater.inflate(blockHeader.clone(), 0, 1);
            if (unpacked == columnsLength && inflater.finished() && inflater.getRemaining() == 0) {
                return;
            }
        } catch (DataFormatException e) {
            throw new JournalException(place() + ": the next block cannot be unpacked: " + e, e);
        }
        throw new JournalException(
                place() + ": the next block does not become " + columnsLength + " bytes");
    }

    private void read(byte[] target, int offset, int count, long from) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, count);
        long at = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException("it ends at byte " + at);
            }
            at += read;
        }
    }

    private JournalException refused(String why) {
        return new JournalException("segment " + path + ": " + why);
    }
}
