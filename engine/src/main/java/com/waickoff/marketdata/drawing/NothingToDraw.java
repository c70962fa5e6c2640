package com.waickoff.marketdata.drawing;

import com.waickoff.marketdata.terminal.Ink;
import com.waickoff.marketdata.terminal.Ink.Tone;
import com.waickoff.marketdata.terminal.Shown;
import java.util.ArrayList;
import java.util.List;

/** What stands in the place of a drawing while there is nothing to draw. */
final class NothingToDraw {
    private NothingToDraw() {}

    /**
     * The drawing's title, and why that is all.
     *
     * @param what of the instrument would be drawn
     */
    static List<String> lines(int width, Ink ink, String instrument, String what, String why) {
        List<String> lines = new ArrayList<>();
        lines.add(ink.paint(Tone.STRONG, Shown.plain(instrument)) + "  " + what);
        lines.add("");
        Shown.wrap(Shown.plain(why), width)
                .forEach(line -> lines.add(ink.paint(Tone.WARNING, line)));
        return lines;
    }
}
