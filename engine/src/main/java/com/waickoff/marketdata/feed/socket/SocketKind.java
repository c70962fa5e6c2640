package com.waickoff.marketdata.feed.socket;

/** Which of the machine's interfaces to sockets is used. */
public enum SocketKind {
    /** Epoll where it is there, else the JDK's. */
    AUTO,
    /** Linux's newer one, by native code; never chosen by itself. */
    IO_URING,
    /** Linux's own, by native code. */
    EPOLL,
    /** The JDK's. */
    NIO
}
