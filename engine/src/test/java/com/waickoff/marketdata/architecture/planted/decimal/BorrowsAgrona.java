package com.waickoff.marketdata.architecture.planted.decimal;

import org.agrona.DirectBuffer;

/** Broken: the ground floor for numbers stands on the JDK alone. */
public interface BorrowsAgrona {
    DirectBuffer buffer();
}
