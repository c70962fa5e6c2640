package com.waickoff.marketdata.feed;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The venues an instrument can belong to, and what is true of all instruments of one. */
public enum Venue {
    /** Bybit perpetuals and futures settled in USDT or USDC. */
    BYBIT_LINEAR("bybit-linear", false, false),
    /** Bybit spot. */
    BYBIT_SPOT("bybit-spot", false, false),
    /** Bybit derivatives settled in the base coin. */
    BYBIT_INVERSE("bybit-inverse", false, true),
    /** Binance spot. */
    BINANCE_SPOT("binance-spot", true, false),
    /** Binance futures settled in USDT or USDC. */
    BINANCE_USDM("binance-usdm", true, false),
    /** Binance futures settled in the base coin. */
    BINANCE_COINM("binance-coinm", true, true);

    private final String code;
    private final boolean idsChain;
    private final boolean inverse;

    Venue(String code, boolean idsChain, boolean inverse) {
        this.code = code;
        this.idsChain = idsChain;
        this.inverse = inverse;
    }

    /** As it stands in instrument names: {@code bybit-linear}. */
    public String code() {
        return code;
    }

    /** Whether trade ids rise by exactly one, so that a missing trade shows. */
    public boolean idsChain() {
        return idsChain;
    }

    /** Whether quantities are contracts worth an amount of the quote currency. */
    public boolean isInverse() {
        return inverse;
    }

    /** The venue with this code, or null. */
    public static @Nullable Venue of(String code) {
        for (Venue venue : values()) {
            if (venue.code.equals(code)) {
                return venue;
            }
        }
        return null;
    }

    /** All codes, for messages. */
    public static String codes() {
        return Arrays.stream(values()).map(Venue::code).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return code;
    }
}
