package com.waickoff.marketdata.storage.mongo;

/** A document is not what this program, or an older one, would have written. */
final class UnreadableDocumentException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableDocumentException(String message) {
        super(message);
    }

    UnreadableDocumentException(String message, Throwable cause) {
        super(message, cause);
    }
}
