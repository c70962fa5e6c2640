package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.memory.NativeMemory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** The item of an {@code INSTRUMENT} document. Allocates: definitions are rare. */
final class Definition {
    /** Most bytes of a definition; longer texts are refused. */
    static final int MAX_LENGTH = 4096;

    private static final int PRICE_SCALE_8 = 0;
    private static final int QUANTITY_SCALE_8 = 1;
    private static final int IDS_CHAIN_8 = 2;
    private static final int TICK_64 = 8;
    private static final int LOT_64 = 16;
    private static final int TEXTS = 24;
    private static final int TEXT_COUNT = 6;

    private Definition() {}

    /**
     * Writes a definition.
     *
     * @return its length
     * @throws JournalException if its texts are too long
     */
    static int put(long item, Instrument instrument) {
        NativeMemory.putLong(item, 0);
        NativeMemory.putByte(item + PRICE_SCALE_8, (byte) instrument.priceScale());
        NativeMemory.putByte(item + QUANTITY_SCALE_8, (byte) instrument.quantityScale());
        NativeMemory.putByte(item + IDS_CHAIN_8, (byte) (instrument.idsChain() ? 1 : 0));
        NativeMemory.putLong(item + TICK_64, instrument.tick());
        NativeMemory.putLong(item + LOT_64, instrument.lot());
        int length = TEXTS;
        for (String text : textsOf(instrument)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (length + Short.BYTES + bytes.length > MAX_LENGTH) {
                throw new JournalException("the definition of " + instrument.name()
                        + " does not fit in " + MAX_LENGTH + " bytes");
            }
            NativeMemory.putShort(item + length, (short) bytes.length);
            NativeMemory.copy(bytes, 0, bytes.length, item + length + Short.BYTES);
            length += Short.BYTES + bytes.length;
        }
        return length;
    }

    /**
     * Reads a definition whose document has the right CRC.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Instrument read(long document, int documentLength) {
        long item = document + JournalFormat.HEADER_LENGTH;
        int length = documentLength - JournalFormat.HEADER_LENGTH;
        String[] texts = new String[TEXT_COUNT];
        int offset = TEXTS;
        for (int i = 0; i < TEXT_COUNT; i++) {
            int textLength = offset + Short.BYTES > length
                    ? length
                    : Short.toUnsignedInt(NativeMemory.shortAt(item + offset));
            offset += Short.BYTES;
            if (offset + textLength > length) {
                throw new IllegalArgumentException(length + " bytes are no definition");
            }
            byte[] bytes = new byte[textLength];
            NativeMemory.copy(item + offset, bytes, 0, textLength);
            texts[i] = new String(bytes, StandardCharsets.UTF_8);
            offset += textLength;
        }
        return new Instrument(JournalFormat.instrumentId(document), texts[0], texts[1],
                NativeMemory.byteAt(item + PRICE_SCALE_8), NativeMemory.longAt(item + TICK_64),
                NativeMemory.byteAt(item + QUANTITY_SCALE_8), NativeMemory.longAt(item + LOT_64),
                new BigDecimal(texts[2]), texts[3], texts[4], texts[5],
                NativeMemory.byteAt(item + IDS_CHAIN_8) != 0);
    }

    private static String[] textsOf(Instrument instrument) {
        return new String[]{instrument.venue(), instrument.symbol(),
                instrument.contractSize().toPlainString(), instrument.contractUnit(),
                instrument.quantityUnit(), instrument.priceUnit()};
    }
}
