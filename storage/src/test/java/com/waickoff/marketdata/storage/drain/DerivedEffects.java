package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.Derivation;
import com.waickoff.marketdata.EngineConfig;
import com.waickoff.marketdata.storage.effect.Effect;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a journal leads to, as nobody disturbed derives it. */
public final class DerivedEffects {
    private DerivedEffects() {}

    /** All effects of a journal from which nothing is missing. */
    public static List<Effect> of(EngineConfig config, Path directory) throws IOException {
        List<Effect> effects = new ArrayList<>();
        try (Derivation derivation = Derivation.open(config, directory, 0, note -> {})) {
            EffectMaker maker = new EffectMaker(derivation, effects::add, (events, where) -> {
                throw new IllegalStateException(where);
            });
            while (derivation.poll(maker, 4_096) > 0) {
                // On to the end.
            }
        }
        return effects;
    }
}
