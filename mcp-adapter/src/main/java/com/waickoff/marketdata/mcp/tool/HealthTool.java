package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.condition.Condition;
import com.waickoff.marketdata.mcp.condition.Condition.Component;
import com.waickoff.marketdata.mcp.condition.Condition.Level;
import com.waickoff.marketdata.mcp.condition.ConditionReader;
import com.waickoff.marketdata.mcp.condition.ConditionReader.Depth;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_health}: what is not as it should be. */
public final class HealthTool implements Tool {
    private static final String FULL = "full";
    private static final Parameter.Choice DETAIL = new Parameter.Choice("detail",
            List.of("summary", FULL), "summary");
    private static final List<String> COLUMNS = List.of("name", "status", "reason", "lagMs",
            "note");
    private static final int MOST_COMPONENTS = 60;

    private final ConditionReader condition;

    /** Reads how everything is doing by this. */
    public HealthTool(ConditionReader condition) {
        this.condition = condition;
    }

    @Override
    public String name() {
        return "get_health";
    }

    @Override
    public String title() {
        return "Health";
    }

    @Override
    public String description() {
        return "Status of feeds, snapshot, history store: lag, gaps, last error. Use when data "
                + "looks stale or missing.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(DETAIL);
    }

    @Override
    public boolean mayWait(Map<String, Object> given) {
        return condition.asksStores();
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("status", Schemas.oneOf(Arrays.stream(Level.values()).map(Level::label)
                .toList()));
        properties.put("atMs", Schemas.INTEGER);
        properties.put("liveTools", Schemas.TRUTH);
        properties.put("historyTools", Schemas.TRUTH);
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        properties.put("rows", Schemas.arrayOf(Schemas.row(COLUMNS.size())));
        return Schemas.object(properties, Stamp.OPTIONAL);
    }

    @Override
    public Answer call(Arguments arguments) {
        boolean full = arguments.word(DETAIL).equals(FULL);
        Condition read = condition.read(full ? Depth.INSTRUMENTS : Depth.STORES);
        List<Component> shown = read.components();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("status", read.level().label());
        json.put("atMs", read.atMs());
        json.put("liveTools", works(read, Condition.Kind.ENGINE));
        json.put("historyTools", works(read, Condition.Kind.HISTORY));
        List<List<Object>> rows = shown.stream().limit(MOST_COMPONENTS)
                .map(component -> Arrays.<Object>asList(component.label(),
                        component.level().label(), component.reason(), component.lagMs(),
                        component.note()))
                .toList();
        return new Answer(json, new Table(COLUMNS, rows, Table.Shape.COMPACT,
                rows.size() == shown.size(), "More instruments are unusual than are shown.", null,
                false), hints(read));
    }

    private static boolean works(Condition read, Condition.Kind kind) {
        return read.of(kind).stream().allMatch(component -> component.level() == Level.OK);
    }

    private static List<String> hints(Condition read) {
        return switch (read.level()) {
            case OK, OFF -> List.of();
            case DEGRADED -> List.of("Name what is degraded with any figure it concerns.");
            case DOWN -> List.of("The engine is not running: ask the user to start it (waickoff"
                    + " run). What was last known, and the history, can still be asked.");
        };
    }
}
