package com.waickoff.marketdata.mcp.answer;

import com.waickoff.marketdata.decimal.Decimal;

/**
 * A price or a quantity as the engine has it. It is written with all its digits, and no zeros after
 * them.
 *
 * @param value scaled by {@code 10^scale}
 * @param scale its decimals, 0 to {@link Decimal#MAX_SCALE}
 */
public record Scaled(long value, int scale) {
    /** As it is written. */
    @Override
    public String toString() {
        return Decimal.toString(value, scale);
    }
}
