package com.waickoff.marketdata.segment;

/**
 * What the bytes of a segment mean, version {@value #VERSION}. All numbers are little-endian.
 *
 * <pre>
 *  journal directory
 *  +-- segments/tape/20261121F.seg       each the documents of the file of the journal whose name
 *  +-- segments/depth/20261121-14F.seg   it has, tape/20261121F.cq4, in their order
 *
 *  segment:  +--------+---------+---------+-- --+---------+----------+
 *            | header | block 1 | block 2 | ... | block n | manifest |
 *            +--------+---------+---------+-- --+---------+----------+
 * </pre>
 *
 * <p><b>Header</b>, {@value #HEADER_LENGTH} bytes.
 *
 * <pre>
 *   0                                       4                                       8
 *  +-------------------------------------------------------------------------------+
 *  | magic "WKSEGMNT"                                                            0 |
 *  +---------------------------------------+---------------------------------------+
 *  | format version                      8 | format version of the documents    12 |
 *  +---------------------------------------+---------------------------------------+
 *  | journal id                                                                 16 |
 *  +---------------------------------------+---------------------------------------+
 *  | queue: 0 tape, 1 depth             24 | CRC32C of the bytes before it      28 |
 *  +---------------------------------------+---------------------------------------+
 * </pre>
 *
 * <p><b>Block</b>: as many whole documents as come to {@value #BLOCK_DOCUMENT_BYTES} bytes, one more
 * at most. It is packed by itself and needs no other block to be read.
 *
 * <pre>
 *   0                                       4                                       8
 *  +---------------------------------------+---------------------------------------+
 *  | length of the packed columns        0 | length of the columns               4 |
 *  +---------------------------------------+---------------------------------------+
 *  | number of documents                 8 | bytes of the documents             12 |
 *  +---------------------------------------+---------------------------------------+
 *  | CRC32C of the rest of the block    16 | packed columns (RFC 1951)          20 |
 *  +---------------------------------------+---------------------------------------+
 * </pre>
 *
 * <p><b>Columns.</b> The fields of all documents of a block, one column after the other, in the order
 * of {@link DocumentColumns.Field}, which also says what each field is predicted from. A document's
 * checksum is no field: it is computed anew. A field of a control event's item is one column for each
 * of its four words; the definition of an instrument is its length and its bytes.
 *
 * <pre>
 *  length of what follows  varint
 *  mode                    1 byte: 0 values, 1 differences from what is predicted, as varints;
 *                          2 values, 3 differences, 8 bytes each, where varints would be longer
 *  unit                    varint; every number of the column is a multiple of it
 *  numbers                 the number divided by the unit, zigzag; a number for each value
 *
 *  varint                  7 bits a byte, the lowest first; bit 7 set: another byte follows
 *  zigzag                  0, -1, 1, -2, ... are 0, 1, 2, 3, ...
 * </pre>
 *
 * <p><b>Manifest</b>, {@value #MANIFEST_LENGTH} bytes, the last of the file: a segment that was cut
 * has none.
 *
 * <pre>
 *   0                                       4                                       8
 *  +-------------------------------------------------------------------------------+
 *  | magic "WKSEGEND"                                                            0 |
 *  +-------------------------------------------------------------------------------+
 *  | number of blocks                                                            8 |
 *  +-------------------------------------------------------------------------------+
 *  | number of documents                                                        16 |
 *  +-------------------------------------------------------------------------------+
 *  | number of events                                                           24 |
 *  +-------------------------------------------------------------------------------+
 *  | bytes of the documents                                                     32 |
 *  +-------------------------------------------------------------------------------+
 *  | first sequence                                                             40 |
 *  +-------------------------------------------------------------------------------+
 *  | sequence after the last event                                              48 |
 *  +-------------------------------------------------------------------------------+
 *  | receive time of the first document, ns since the epoch                     56 |
 *  +-------------------------------------------------------------------------------+
 *  | receive time of the last document, ns since the epoch                      64 |
 *  +-------------------------------------------------------------------------------+
 *  | SHA-256 of all documents, each as its length (4) and its bytes             72 |
 *  |                                                                               |
 *  |                                                                               |
 *  |                                                                               |
 *  +---------------------------------------+---------------------------------------+
 *  | zero                              104 | CRC32C of the header and of the       |
 *  |                                       | manifest before it                108 |
 *  +---------------------------------------+---------------------------------------+
 * </pre>
 */
final class SegmentFormat {
    /** Version of the format; one of a newer version is refused. */
    static final int VERSION = 1;
    /** {@code "WKSEGMNT"} as the first eight bytes. */
    static final long MAGIC = 0x544e4d4745534b57L;
    /** {@code "WKSEGEND"} as the first eight bytes of the manifest. */
    static final long END_MAGIC = 0x444e454745534b57L;
    /** Directory of the segments, below the journal's. */
    static final String FOLDER = "segments";
    /** How the names of segments end. */
    static final String SUFFIX = ".seg";

    /** Bytes of the header. */
    static final int HEADER_LENGTH = 32;
    /** Bytes before the columns of a block. */
    static final int BLOCK_HEADER_LENGTH = 20;
    /** A block that has so many bytes of documents takes no more. */
    static final int BLOCK_DOCUMENT_BYTES = 1 << 22;
    /** Bytes of the manifest. */
    static final int MANIFEST_LENGTH = 112;

    static final int VERSION_32 = 8;
    static final int DOCUMENT_VERSION_32 = 12;
    static final int JOURNAL_ID_64 = 16;
    static final int QUEUE_32 = 24;
    static final int HEADER_CRC_32 = 28;

    static final int PACKED_LENGTH_32 = 0;
    static final int COLUMNS_LENGTH_32 = 4;
    static final int DOCUMENTS_32 = 8;
    static final int DOCUMENT_BYTES_32 = 12;
    static final int BLOCK_CRC_32 = 16;

    static final int MANIFEST_BLOCKS_64 = 8;
    static final int MANIFEST_DOCUMENTS_64 = 16;
    static final int MANIFEST_EVENTS_64 = 24;
    static final int MANIFEST_DOCUMENT_BYTES_64 = 32;
    static final int MANIFEST_FIRST_SEQUENCE_64 = 40;
    static final int MANIFEST_END_SEQUENCE_64 = 48;
    static final int MANIFEST_FIRST_RECEIVE_TIME_64 = 56;
    static final int MANIFEST_LAST_RECEIVE_TIME_64 = 64;
    static final int MANIFEST_SHA_256 = 72;
    static final int SHA_256_LENGTH = 32;
    static final int MANIFEST_CRC_32 = 108;

    private SegmentFormat() {}
}
