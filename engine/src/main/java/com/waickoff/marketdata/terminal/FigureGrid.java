package com.waickoff.marketdata.terminal;

import com.waickoff.marketdata.terminal.Ink.Tone;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Labelled figures in as few lines as the width allows: four, two or one to a line, labels and
 * figures each below each other.
 *
 * <p>Threads: one.
 */
public final class FigureGrid {
    private static final int[] COLUMN_COUNTS = {4, 2, 1};
    private static final int WIDEST_GAP = 6;
    private static final int NARROWEST_GAP = 2;

    private final List<Item> items = new ArrayList<>();

    private record Item(String label, String figure, @Nullable Tone tone) {}

    /** Adds a figure. */
    public void add(String label, String figure) {
        add(label, figure, null);
    }

    /** Adds a figure in a tone. */
    public void add(String label, String figure, @Nullable Tone tone) {
        items.add(new Item(label, Shown.plain(figure), tone));
    }

    /** The figures; a single column may be wider than {@code width}. */
    public List<String> lines(int width, Ink ink) {
        for (int columns : COLUMN_COUNTS) {
            int[] labels = new int[columns];
            int[] figures = new int[columns];
            int taken = measure(columns, labels, figures);
            int free = width - taken;
            if (columns == 1 || free >= NARROWEST_GAP * (columns - 1)) {
                int gap = columns == 1 ? 0 : Math.min(WIDEST_GAP, free / (columns - 1));
                return lines(columns, labels, figures, gap, ink);
            }
        }
        return List.of();
    }

    private int measure(int columns, int[] labels, int[] figures) {
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            labels[i % columns] = Math.max(labels[i % columns], Shown.width(item.label()));
            figures[i % columns] = Math.max(figures[i % columns], Shown.width(item.figure()));
        }
        int taken = 0;
        for (int i = 0; i < columns; i++) {
            taken += labels[i] + 1 + figures[i];
        }
        return taken;
    }

    private List<String> lines(int columns, int[] labels, int[] figures, int gap, Ink ink) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            int column = i % columns;
            if (column == 0 && i > 0) {
                lines.add(line.toString());
                line.setLength(0);
            }
            String figure = Shown.right(item.figure(), figures[column]);
            line.append(column == 0 ? "" : " ".repeat(gap))
                    .append(ink.paint(Tone.FAINT, Shown.left(item.label(), labels[column])))
                    .append(' ')
                    .append(item.tone() == null ? figure : ink.paint(item.tone(), figure));
        }
        lines.add(line.toString());
        return lines;
    }
}
