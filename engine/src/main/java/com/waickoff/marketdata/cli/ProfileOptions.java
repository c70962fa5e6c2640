package com.waickoff.marketdata.cli;

import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.report.ProfileWishes;
import com.waickoff.marketdata.report.ProfileWishes.Stretch;
import com.waickoff.marketdata.window.Session;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueAreaRule;
import com.waickoff.marketdata.window.ValueAreaRule.Method;
import com.waickoff.marketdata.window.ValueAreaRule.PocTie;
import com.waickoff.marketdata.window.ValueAreaRule.Side;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what is wanted of a volume profile: a mixin of picocli. */
final class ProfileOptions {
    private static final int MAX_WINDOWS = 100_000;
    private static final int MAX_ROW_TICKS = 1_000_000;

    @Option(names = "--timeframe", paramLabel = "TF", defaultValue = "1h",
            description = "1m, 5m, 15m, 1h, 4h or 1d. Default: ${DEFAULT-VALUE}.")
    private String timeframe = "1h";
    @Option(names = "--start", paramLabel = "TIME", converter = Moment.class,
            description = "Draws the window, or the session, that holds this moment: ISO-8601 or ms"
                    + " since the epoch. Default: the newest one.")
    private @Nullable Instant start;
    @Option(names = "--windows", paramLabel = "N",
            description = "Draws the last N windows as one, or as many as are kept with their"
                    + " rows. Default: one window.")
    private @Nullable Integer windows;
    @Option(names = "--session", paramLabel = "NAME",
            description = "Draws a session of the day as one, made of the longest windows that fit"
                    + " and are kept: a name of the setting sessions. Default: one window.")
    private @Nullable String session;
    @Option(names = "--row-ticks", paramLabel = "N",
            description = "Height of a row in ticks, raised to a multiple of what the window has."
                    + " Default: what it has.")
    private @Nullable Integer rowTicks;
    @Option(names = "--value-area", paramLabel = "P", defaultValue = "70",
            description = "Part of the volume in the value area, in percent. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int percent = ValueAreaRule.DEFAULT_PERCENT;
    @Option(names = "--method", paramLabel = "two_row|single_row|step_n", defaultValue = "two_row",
            description = "How it grows: by two rows a side, by one, or by --step. Default:"
                    + " ${DEFAULT-VALUE}.")
    private String method = "two_row";
    @Option(names = "--step", paramLabel = "N",
            description = "Rows a side of step_n. Default: none.")
    private @Nullable Integer step;
    @Option(names = "--va-tie", paramLabel = "up|down",
            description = "Where it grows when both sides weigh the same. Default: up; down with"
                    + " single_row.")
    private @Nullable String areaTie;
    @Option(names = "--poc-tie", paramLabel = "vwmean|high|low", defaultValue = "vwmean",
            description = "Which of several heaviest rows is the point of control: the nearest to"
                    + " the mean row, the highest, the lowest. Default: ${DEFAULT-VALUE}.")
    private String pocTie = "vwmean";
    @Option(names = "--nodes", description = "Marks high and low volume nodes.")
    private boolean nodes;
    @Option(names = "--naked",
            description = "Marks points of control of closed windows of the timeframe that were not"
                    + " traded through since.")
    private boolean naked;
    @Option(names = "--vwap",
            description = "Marks the volume-weighted average price, and one and two standard"
                    + " deviations around it.")
    private boolean vwap;
    @Option(names = "--explain",
            description = "Lists which rows the value area took, step by step, and what was"
                    + " weighed.")
    private boolean explain;

    /**
     * What is wanted.
     *
     * @param sessions the sessions there are
     * @throws CommandException if options contradict each other or are out of range
     */
    ProfileWishes wishes(CommandBase command, List<Session> sessions) throws CommandException {
        if (rowTicks != null && (rowTicks < 1 || rowTicks > MAX_ROW_TICKS)) {
            throw command.usage("--row-ticks is " + rowTicks + ", allowed is 1 to "
                    + MAX_ROW_TICKS);
        }
        return new ProfileWishes(stretch(command, sessions), rule(command),
                rowTicks == null ? 0 : rowTicks, nodes, naked, vwap, explain);
    }

    /** Whether a moment of the past was named. */
    boolean hasStart() {
        return start != null;
    }

    private Stretch stretch(CommandBase command, List<Session> sessions) throws CommandException {
        Timeframe wanted = timeframe(command);
        Long momentMs = start == null ? null : start.toEpochMilli();
        if (windows != null) {
            if (session != null || momentMs != null) {
                throw command.usage("--windows and " + (session == null ? "--start" : "--session")
                        + " exclude each other");
            }
            if (windows < 1 || windows > MAX_WINDOWS) {
                throw command.usage("--windows is " + windows + ", allowed is 1 to " + MAX_WINDOWS);
            }
            return new Stretch.Last(wanted, windows);
        }
        if (session == null) {
            return new Stretch.One(wanted, momentMs);
        }
        for (Session known : sessions) {
            if (known.name().equals(session)) {
                return new Stretch.OfDay(wanted, known, momentMs);
            }
        }
        List<String> names = sessions.stream().map(Session::name).toList();
        throw command.usage("--session " + session + ": one of " + String.join(", ", names)
                + Nearest.hint(session, names));
    }

    private Timeframe timeframe(CommandBase command) throws CommandException {
        return ProfileCommand.timeframe(timeframe, command);
    }

    private ValueAreaRule rule(CommandBase command) throws CommandException {
        Method wanted = choice("--method", method, Method.values(), Method::label, command);
        if ((step != null) != (wanted == Method.STEP_N)) {
            throw command.usage(step == null ? "--method step_n takes --step N"
                    : "--step belongs to --method step_n");
        }
        if (pocTie.equals("first")) {
            throw command.usage("--poc-tie first: which row was the first to reach the largest"
                    + " volume depends on the order of trades, which rows do not keep");
        }
        try {
            ValueAreaRule rule = step == null ? ValueAreaRule.of(percent, wanted)
                    : ValueAreaRule.stepN(percent, step);
            rule = rule.withPocTie(choice("--poc-tie", pocTie, PocTie.values(), PocTie::label,
                    command));
            return areaTie == null ? rule
                    : rule.withTieSide(choice("--va-tie", areaTie, Side.values(), Side::label,
                            command));
        } catch (IllegalArgumentException outOfRange) {
            throw command.usage(String.valueOf(outOfRange.getMessage()));
        }
    }

    private static <T> T choice(String option, String word, T[] choices,
            Function<T, String> label, CommandBase command)
            throws CommandException {
        for (T choice : choices) {
            if (label.apply(choice).equals(word.toLowerCase(Locale.ROOT))) {
                return choice;
            }
        }
        throw command.usage(option + ' ' + word + ": one of "
                + String.join(", ", Stream.of(choices).map(label).toList()));
    }
}
