package com.waickoff.marketdata;

import com.waickoff.marketdata.status.CounterBlock;
import java.util.List;

/**
 * What a replay did.
 *
 * @param events events handled by the studies
 * @param elapsedNs how long it took
 * @param stateHash SHA-256 of the state in lower-case hex, as {@code docs} define it
 * @param counters what was counted, by owner
 * @param notes what a person should know, such as lines of a recording that could not be read
 */
public record ReplayResult(long events, long elapsedNs, String stateHash,
        List<CounterBlock> counters, List<String> notes) {}
