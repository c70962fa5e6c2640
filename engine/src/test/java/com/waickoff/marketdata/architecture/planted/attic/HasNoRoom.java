package com.waickoff.marketdata.architecture.planted.attic;

/** Broken: no line of the table names this room. */
public final class HasNoRoom {}
