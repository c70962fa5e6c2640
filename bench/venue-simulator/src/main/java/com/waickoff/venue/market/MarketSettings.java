package com.waickoff.venue.market;

/**
 * How a market behaves.
 *
 * @param actionsPerSecond orders and cancels a second, in the mean over bursts and quiet spells
 * @param takerShare share of the actions that take from the book, 0 to 1
 * @param blockShare share of the takers that are block trades, 0 to 1
 * @param burstFactor how many times the everyday rate a burst has, at least 1
 * @param volatilityTicks standard deviation of the fair price after a second, in ticks
 * @param reversionPerSecond pull of the fair price to its anchor: 0 is a free walk
 * @param trendTicksPerSecond speed of the anchor in a trending leg
 * @param legSeconds mean length of a leg: trend up, trend down or balance
 * @param nearTicks distance from the best price within which every tick may have a level
 * @param gridTicks farther out only multiples of this have one
 * @param reachTicks the book ends at this distance from its best price
 */
public record MarketSettings(double actionsPerSecond, double takerShare, double blockShare,
        double burstFactor, double volatilityTicks, double reversionPerSecond,
        double trendTicksPerSecond, double legSeconds, int nearTicks, int gridTicks,
        int reachTicks) {

    public MarketSettings {
        if (!(actionsPerSecond > 0) || !(burstFactor >= 1) || !(legSeconds > 0)) {
            throw new IllegalArgumentException("rates must be above 0 and the burst factor at"
                    + " least 1: " + actionsPerSecond + ", " + legSeconds + ", " + burstFactor);
        }
        if (nearTicks < 1 || gridTicks < 1 || reachTicks <= nearTicks + gridTicks) {
            throw new IllegalArgumentException("the book must reach farther than near and grid: "
                    + reachTicks + ", " + nearTicks + ", " + gridTicks);
        }
    }

    /**
     * A market like the busiest ones: some 60 trades and 150 changes of the best prices a second, a
     * burst of a second or so every minute, more than 200 and fewer than 1,000 levels a side.
     */
    public static MarketSettings liquid() {
        return new MarketSettings(800, 0.025, 0, 14, 25, 0.01, 4, 240, 200, 4, 1_600);
    }

    /** A small market for small recordings: the same shapes, some four trades a second. */
    public static MarketSettings thin() {
        return new MarketSettings(8, 0.2, 0, 8, 9, 0.012, 0.5, 240, 30, 10, 150);
    }

    public MarketSettings withActionsPerSecond(double newActionsPerSecond) {
        return new MarketSettings(newActionsPerSecond, takerShare, blockShare, burstFactor,
                volatilityTicks, reversionPerSecond, trendTicksPerSecond, legSeconds, nearTicks,
                gridTicks, reachTicks);
    }

    public MarketSettings withTakerShare(double newTakerShare) {
        return new MarketSettings(actionsPerSecond, newTakerShare, blockShare, burstFactor,
                volatilityTicks, reversionPerSecond, trendTicksPerSecond, legSeconds, nearTicks,
                gridTicks, reachTicks);
    }

    /** The same market on another grid of prices: a finer tick has more ticks in every distance. */
    public MarketSettings withTickScale(int finer) {
        return new MarketSettings(actionsPerSecond, takerShare, blockShare, burstFactor,
                volatilityTicks * finer, reversionPerSecond, trendTicksPerSecond * finer,
                legSeconds,
                nearTicks, gridTicks * finer, reachTicks * finer);
    }

    public MarketSettings withBlockShare(double newBlockShare) {
        return new MarketSettings(actionsPerSecond, takerShare, newBlockShare, burstFactor,
                volatilityTicks, reversionPerSecond, trendTicksPerSecond, legSeconds, nearTicks,
                gridTicks, reachTicks);
    }
}
