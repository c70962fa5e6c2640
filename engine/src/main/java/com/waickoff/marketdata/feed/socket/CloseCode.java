package com.waickoff.marketdata.feed.socket;

/** Codes of RFC 6455 with which a connection is closed. */
final class CloseCode {
    /** The purpose of the connection is fulfilled. */
    static final int NORMAL = 1000;
    /** An end goes away. */
    static final int GOING_AWAY = 1001;
    /** The peer broke the framing. */
    static final int PROTOCOL_ERROR = 1002;
    /** The peer sent a kind of data that cannot be taken. */
    static final int UNACCEPTABLE = 1003;
    /** Never sent: the peer gave no code. */
    static final int NONE = 1005;
    /** The peer sent what is not of the type it said, such as text that is no UTF-8. */
    static final int INVALID_DATA = 1007;
    /** The peer sent more than is taken. */
    static final int TOO_BIG = 1009;

    private static final int FIRST = 1000;
    private static final int RESERVED = 1004;
    private static final int NEVER_SENT = 1006;
    private static final int LAST_DEFINED = 1014;
    private static final int FIRST_PRIVATE = 3000;
    private static final int LAST = 4999;

    private CloseCode() {}

    /** Whether a peer may send this code. */
    static boolean maySend(int code) {
        return (code >= FIRST && code <= LAST_DEFINED && code != RESERVED && code != NONE
                && code != NEVER_SENT) || (code >= FIRST_PRIVATE && code <= LAST);
    }
}
