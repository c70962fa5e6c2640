package com.waickoff.marketdata.architecture.planted;

/** The composition root of the house of broken rooms. */
public final class Root {}
