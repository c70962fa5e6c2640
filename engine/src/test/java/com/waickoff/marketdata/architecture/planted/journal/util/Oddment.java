package com.waickoff.marketdata.architecture.planted.journal.util;

/** Broken: the package is named after nothing. */
public final class Oddment {}
