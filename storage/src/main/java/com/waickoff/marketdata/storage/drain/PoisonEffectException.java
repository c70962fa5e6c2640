package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.storage.effect.EffectId;

/** The server refuses one effect for good: the lane sets it aside and gives the rest again. */
public final class PoisonEffectException extends Exception {
    private static final long serialVersionUID = 1;

    private final EffectId effect;

    /**
     * Says which and why.
     *
     * @param effect one of the batch
     * @param reason for people, without secrets
     */
    public PoisonEffectException(EffectId effect, String reason) {
        super(reason);
        this.effect = effect;
    }

    /** Which one. */
    public EffectId effect() {
        return effect;
    }
}
