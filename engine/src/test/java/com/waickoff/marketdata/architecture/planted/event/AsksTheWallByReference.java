package com.waickoff.marketdata.architecture.planted.event;

import java.util.function.LongSupplier;

/** Broken: hands the wall clock on without calling it. */
public final class AsksTheWallByReference {
    public final LongSupplier clock = System::currentTimeMillis;
}
