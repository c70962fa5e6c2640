package com.waickoff.marketdata.mcp.catalogue;

import java.util.List;
import java.util.Map;

/**
 * Proposes values while they are being typed.
 *
 * <p>Threads: any.
 */
public interface Completions {
    /** Most values of an answer, by the protocol. */
    int MOST = 100;

    /**
     * What a value may be.
     *
     * @param argument of the prompt, or variable of the template
     * @param begun what was typed so far
     * @param others arguments that have values already
     * @return none if nothing fits, or nothing is known of such an argument; never a failure
     */
    Proposal propose(Reference reference, String argument, String begun,
            Map<String, String> others);

    /** Of what a value is typed. */
    sealed interface Reference {
        /** A prompt by its name. */
        record OfPrompt(String name) implements Reference {}

        /** A template as it is listed, see {@link ResourceTemplate#uriTemplate}. */
        record OfTemplate(String uriTemplate) implements Reference {}
    }

    /**
     * Values.
     *
     * @param values at most {@link #MOST}, the likeliest first
     * @param total how many there are in all
     */
    record Proposal(List<String> values, int total) {
        /** The list is copied. */
        public Proposal {
            values = List.copyOf(values);
        }

        /** Whether there are more than these. */
        public boolean hasMore() {
            return total > values.size();
        }
    }
}
