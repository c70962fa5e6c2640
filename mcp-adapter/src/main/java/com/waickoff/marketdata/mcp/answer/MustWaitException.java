package com.waickoff.marketdata.mcp.answer;

/**
 * An answer needs what may have to be waited for, and was asked for by a thread that must not wait. It
 * is thrown in place of asking; whoever called asks again from a thread of its own.
 */
public final class MustWaitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Without a trace: it is no fault. */
    public MustWaitException() {
        super("to be asked by a thread that may wait", null, false, false);
    }
}
