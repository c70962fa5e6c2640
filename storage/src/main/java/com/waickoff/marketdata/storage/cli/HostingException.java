package com.waickoff.marketdata.storage.cli;

import java.io.IOException;

/** A server that is to be hosted here does not come up: others may be named instead. */
final class HostingException extends IOException {
    private static final long serialVersionUID = 1;

    HostingException(String message, Throwable cause) {
        super(message, cause);
    }
}
