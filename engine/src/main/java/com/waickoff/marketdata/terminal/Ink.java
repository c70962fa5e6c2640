package com.waickoff.marketdata.terminal;

import com.waickoff.marketdata.terminal.Terminal.Colors;

/**
 * Colours by what they mean. Without colours every method gives back the bare text.
 *
 * <p>Sixteen colours are those of the terminal's own theme; of 256, shades that read well on dark
 * and light alike.
 *
 * <p>Threads: immutable.
 */
public final class Ink {
    private static final String RESET = "\033[0m";

    private final Colors colors;

    /** What is coloured. */
    public enum Tone {
        /** Bought by aggressors, inside the value area. */
        BUY("92", "38;5;36", "102", "48;5;36"),
        /** Sold by aggressors, inside the value area. */
        SELL("91", "38;5;167", "101", "48;5;167"),
        /** Bought, outside the value area. */
        BUY_FAINT("32", "38;5;23", "42", "48;5;23"),
        /** Sold, outside the value area. */
        SELL_FAINT("31", "38;5;95", "41", "48;5;95"),
        /** What matters most. */
        STRONG("1", "1", "", ""),
        /** What only helps to read the rest. */
        FAINT("2", "38;5;245", "", ""),
        /** The point of control and the value area. */
        ACCENT("33", "38;5;178", "", ""),
        /** In order. */
        GOOD("32", "38;5;36", "", ""),
        /** Worth a look. */
        WARNING("1;33", "1;38;5;208", "", ""),
        /** Wrong. */
        BAD("1;31", "1;38;5;196", "", "");

        private final String sixteen;
        private final String many;
        private final String sixteenBehind;
        private final String manyBehind;

        Tone(String sixteen, String many, String sixteenBehind, String manyBehind) {
            this.sixteen = sixteen;
            this.many = many;
            this.sixteenBehind = sixteenBehind;
            this.manyBehind = manyBehind;
        }
    }

    /** Ink for a terminal with these colours. */
    public Ink(Colors colors) {
        this.colors = colors;
    }

    /** Whether there are colours at all. */
    public boolean hasColors() {
        return colors != Colors.NONE;
    }

    /** {@code text} in a tone. */
    public String paint(Tone tone, String text) {
        if (!hasColors() || text.isEmpty()) {
            return text;
        }
        return "\033[" + (colors == Colors.MANY ? tone.many : tone.sixteen) + 'm' + text + RESET;
    }

    /** {@code text} in a tone on a ground of another; {@code ground} is a colour of volume. */
    public String paint(Tone tone, Tone ground, String text) {
        if (!hasColors() || text.isEmpty()) {
            return text;
        }
        String codes = colors == Colors.MANY ? tone.many + ';' + ground.manyBehind
                : tone.sixteen + ';' + ground.sixteenBehind;
        return "\033[" + codes + 'm' + text + RESET;
    }
}
