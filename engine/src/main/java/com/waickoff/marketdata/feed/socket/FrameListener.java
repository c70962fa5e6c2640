package com.waickoff.marketdata.feed.socket;

/**
 * Hears what a {@link FrameParser} finds. Payloads are native memory, valid during the call, with at
 * least {@link com.waickoff.marketdata.decimal.Ascii#OVERRUN_BYTES} readable bytes after them.
 */
interface FrameListener {
    /** A complete text message, in one frame or many; valid UTF-8. */
    void onText(long address, int length);

    /** A complete binary message. */
    void onBinary(long address, int length);

    /** A ping, which wants a pong with the same payload of at most 125 bytes. */
    void onPing(long address, int length);

    /** A pong, asked for or not. */
    void onPong(long address, int length);

    /**
     * The peer closes; nothing more will be heard of it.
     *
     * @param code as sent, or {@link CloseCode#NONE} if none was
     * @param reason text in valid UTF-8, which may be empty
     */
    void onClose(int code, long reason, int length);

    /**
     * The peer broke the protocol; nothing more will be heard of it.
     *
     * @param code to close with
     * @param what it did, a constant text
     */
    void onViolation(int code, String what);
}
