package com.waickoff.marketdata.config;

import java.util.List;

/** The configuration cannot be used; the message names all that is wrong with it, a line each. */
public final class WrongConfigurationException extends Exception {
    private static final long serialVersionUID = 1;

    /**
     * Something is wrong.
     *
     * @param problems each with key, value and what is allowed
     */
    public WrongConfigurationException(List<String> problems) {
        super("the configuration is wrong"
                + (problems.size() == 1 ? "" : ", " + problems.size() + " problems") + ":\n  "
                + String.join("\n  ", problems)
                + "\n'waickoff check-config' shows all settings.");
    }
}
