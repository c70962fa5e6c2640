package com.waickoff.marketdata.mcp.prompt;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.catalogue.Prompt;
import com.waickoff.marketdata.mcp.series.Market;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A prompt whose text is made from checked arguments: what a client sends gets into the text only as
 * the name of a known instrument, one of several words, or a date.
 */
final class Question implements Prompt {
    private final Market market;
    private final String name;
    private final String title;
    private final String description;
    private final List<Blank> blanks;
    private final Function<Map<String, String>, String> text;

    /** What a blank can be filled with. */
    enum Kind {
        /** An instrument that there is. */
        INSTRUMENT,
        /** A timeframe of the order flow. */
        TIMEFRAME,
        /** A day, UTC. */
        DAY
    }

    /** An argument and what it can be. */
    record Blank(String name, Kind kind, String description, boolean required) {}

    /**
     * A prompt.
     *
     * @param text makes the message from the checked arguments; days come as
     *     {@code from_ms=…, to_ms=…}, what was not given is empty
     */
    Question(Market market, String name, String title, String description, List<Blank> blanks,
            Function<Map<String, String>, String> text) {
        this.market = market;
        this.name = name;
        this.title = title;
        this.description = description;
        this.blanks = List.copyOf(blanks);
        this.text = text;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String description() {
        return description;
    }

    /** What it is made of. */
    List<Blank> blanks() {
        return blanks;
    }

    @Override
    public List<Argument> arguments() {
        return blanks.stream().map(
                blank -> new Argument(blank.name(), blank.description(), blank.required()))
                .toList();
    }

    @Override
    public List<Message> render(Map<String, String> arguments) throws ToolFailure {
        List<String> names = blanks.stream().map(Blank::name).toList();
        for (String given : arguments.keySet()) {
            if (!names.contains(given)) {
                throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, "there is no argument "
                        + ToolFailure.quoted(given) + ". There are: " + String.join(", ", names)
                        + '.');
            }
        }
        Map<String, String> checked = new LinkedHashMap<>();
        for (Blank blank : blanks) {
            String given = arguments.getOrDefault(blank.name(), "");
            if (given.isEmpty() && blank.required()) {
                throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, blank.name() + " is missing: "
                        + blank.description() + '.');
            }
            checked.put(blank.name(), given.isEmpty() ? "" : check(blank, given));
        }
        return List.of(new Message(text.apply(checked)));
    }

    private String check(Blank blank, String given) throws ToolFailure {
        return switch (blank.kind()) {
            case INSTRUMENT -> market.find(given).name();
            case TIMEFRAME -> {
                if (!Questions.TIMEFRAMES.contains(given)) {
                    throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, blank.name() + " is "
                            + ToolFailure.quoted(given) + ", allowed is one of "
                            + String.join(", ", Questions.TIMEFRAMES) + '.');
                }
                yield given;
            }
            case DAY -> day(blank, given);
        };
    }

    private static String day(Blank blank, String given) throws ToolFailure {
        try {
            LocalDate day = LocalDate.parse(given);
            long fromMs = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            long toMs = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            return day + " (from_ms=" + fromMs + ", to_ms=" + toMs + ')';
        } catch (DateTimeException noDay) {
            throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, blank.name() + " is "
                    + ToolFailure.quoted(given) + ", allowed is a day of UTC as 2026-01-31.");
        }
    }
}
