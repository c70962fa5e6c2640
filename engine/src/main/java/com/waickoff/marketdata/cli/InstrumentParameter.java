package com.waickoff.marketdata.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.Parameters;

/** The instrument that a command is about: a mixin of picocli. */
final class InstrumentParameter {
    private static final Pattern INSTRUMENT = Pattern.compile("[^:\\s]+:\\S+");

    @Parameters(index = "0", paramLabel = "INSTRUMENT",
            description = "venue:SYMBOL, such as bybit-linear:BTCUSDT.")
    private String name = "";

    /** Its name, as it was written. */
    String name() {
        return name;
    }

    /** The venue in a name that was checked. */
    String venue() {
        return name.substring(0, name.indexOf(':'));
    }

    /** Complains of a name that no instrument can have. */
    void check(CommandBase command) throws CommandException {
        if (!INSTRUMENT.matcher(name).matches()) {
            throw command.usage("'" + name + "' is no instrument: it takes venue:SYMBOL, such as"
                    + " bybit-linear:BTCUSDT");
        }
    }
}
