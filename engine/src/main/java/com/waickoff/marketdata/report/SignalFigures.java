package com.waickoff.marketdata.report;

import com.waickoff.marketdata.decimal.Decimal;
import com.waickoff.marketdata.report.WindowReport.Scales;
import com.waickoff.marketdata.snapshot.Signal;
import com.waickoff.marketdata.snapshot.SignalKind.Unit;

/** What a signal's numbers and its side are called. */
public final class SignalFigures {
    /** Decimals of a ratio. */
    public static final int RATIO_DECIMALS = 3;

    private SignalFigures() {}

    /** Whose aggression it tells of; empty for neither. */
    public static String side(Signal signal) {
        return switch (signal.side()) {
            case Signal.BUY -> "buy";
            case Signal.SELL -> "sell";
            default -> "";
        };
    }

    /** A value as JSON has it: a number in the venue's units. */
    static String number(Unit unit, long value, Scales scales) {
        return switch (unit) {
            case PRICE -> Decimal.toString(value, scales.priceScale());
            case QUANTITY -> Decimal.toString(value, scales.quantityScale());
            case RATIO -> Decimal.toString(value, RATIO_DECIMALS);
            case COUNT, PPM, SECONDS -> Long.toString(value);
        };
    }
}
