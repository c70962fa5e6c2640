package com.waickoff.marketdata.window;

import com.waickoff.marketdata.window.ValueAreaFinder.Choice;
import com.waickoff.marketdata.window.ValueAreaRule.Side;
import java.util.ArrayList;
import java.util.List;

/**
 * How a value area came about: which rows were taken in which step, and why.
 *
 * @param area what was found
 * @param steps the first steps, as many as were asked for at most
 * @param stepsTaken number of all steps
 */
public record ValueAreaTrace(ValueArea area, List<Step> steps, int stepsTaken) {
    /**
     * One step of the growth.
     *
     * @param above volume of the rows above that were weighed: u
     * @param below volume of the rows below that were weighed: d
     * @param side where the area grew
     * @param choice why there
     * @param lowTaken lowest row that was taken
     * @param highTaken highest row that was taken
     * @param covered volume of the area after the step
     */
    public record Step(long above, long below, Side side, Choice choice, long lowTaken,
            long highTaken, long covered) {}

    /** Copies the steps. */
    public ValueAreaTrace {
        steps = List.copyOf(steps);
    }

    /**
     * Finds a value area and keeps how.
     *
     * @param mostSteps of how many steps at most
     * @throws IllegalArgumentException if the profile is empty
     */
    public static ValueAreaTrace of(RowVolumes rows, ValueAreaRule rule, int mostSteps) {
        List<Step> steps = new ArrayList<>();
        int[] taken = {0};
        ValueAreaFinder finder = new ValueAreaFinder();
        finder.find(rows, rule, (above, below, side, choice, lowTaken, highTaken, covered) -> {
            taken[0]++;
            if (steps.size() < mostSteps) {
                steps.add(new Step(above, below, side, choice, lowTaken, highTaken, covered));
            }
        });
        return new ValueAreaTrace(ValueArea.of(finder), steps, taken[0]);
    }
}
