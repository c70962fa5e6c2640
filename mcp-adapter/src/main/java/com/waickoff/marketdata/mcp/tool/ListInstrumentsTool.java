package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.mcp.live.WindowReading;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotInstrument;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code list_instruments}: ids, ticks, and how old what is known of each is. */
public final class ListInstrumentsTool implements Tool {
    private static final String ALL = "all";
    private static final Parameter.Text QUERY = new Parameter.Text("query", false, 0, 40,
            "Substring of id, base or quote");
    private static final Parameter.Choice STATUS = new Parameter.Choice("status",
            List.of("active", ALL), "active");
    private static final Parameter.Whole LIMIT = new Parameter.Whole("limit", 1, 100, 25L, null);
    private static final Parameter.Text CURSOR = new Parameter.Text("cursor", false, 0, 200,
            "nextCursor of the previous page");

    private static final long NS_PER_MS = 1_000_000L;
    private static final List<String> COLUMNS = List.of("id", "base", "quote", "tick", "lot",
            "liveAgeMs", "historyFromMs");

    private final EngineDoor engine;

    /** Lists the instruments of this engine. */
    public ListInstrumentsTool(EngineDoor engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return "list_instruments";
    }

    @Override
    public String title() {
        return "Instruments";
    }

    @Override
    public String description() {
        return "Find instrument ids with tick size, live age and history coverage. Call before "
                + "other tools if the id is not certain.";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(QUERY, STATUS, LIMIT, CURSOR);
    }

    @Override
    public Map<String, Object> outputSchema() {
        Map<String, Object> columns = new LinkedHashMap<>();
        columns.put("id", Schemas.TEXT);
        columns.put("base", Schemas.TEXT_OR_NULL);
        columns.put("quote", Schemas.TEXT_OR_NULL);
        columns.put("tick", Schemas.NUMBER);
        columns.put("lot", Schemas.NUMBER);
        columns.put("liveAgeMs", Schemas.INTEGER_OR_NULL);
        columns.put("historyFromMs", Schemas.INTEGER_OR_NULL);
        Map<String, Object> properties = new LinkedHashMap<>();
        Stamp.describeAge(properties);
        properties.put("seq", Schemas.INTEGER);
        properties.put("total", Schemas.INTEGER);
        Stamp.describeSize(properties);
        properties.put("columns", Schemas.arrayOf(Schemas.TEXT));
        properties.put("rows", Schemas.rows(columns));
        return Schemas.object(properties, Stamp.OPTIONAL);
    }

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        String cursor = arguments.text(CURSOR);
        String after = cursor == null ? null : nameOf(cursor);
        String query = arguments.text(QUERY);
        boolean all = arguments.word(STATUS).equals(ALL);
        int limit = (int) arguments.number(LIMIT);
        return engine.look((reader, nowMs) -> answer(reader, nowMs,
                query == null ? "" : query.toLowerCase(Locale.ROOT), all, limit, after));
    }

    private static Answer answer(SnapshotReader reader, long nowMs, String query, boolean all,
            int limit, @Nullable String after) throws ToolFailure, IOException {
        List<SnapshotEntry> entries = new ArrayList<>(reader.instruments());
        entries.sort(Comparator.comparing(entry -> entry.instrument().name()));
        List<List<Object>> rows = new ArrayList<>();
        long sequence = 0;
        long newestMs = 0;
        int total = 0;
        int left = 0;
        for (SnapshotEntry entry : entries) {
            CoverageView coverage = WindowReading.coverage(reader, entry);
            sequence = Math.max(sequence, coverage.sequence());
            long receivedMs = coverage.lastReceiveTimeNs() / NS_PER_MS;
            newestMs = Math.max(newestMs, receivedMs);
            SnapshotInstrument instrument = entry.instrument();
            if (!matches(instrument, query) || (!all && receivedMs == 0)) {
                continue;
            }
            total++;
            boolean isBefore = after != null && instrument.name().compareTo(after) <= 0;
            if (!isBefore && rows.size() < limit) {
                rows.add(row(instrument, receivedMs == 0 ? null : Math.max(0, nowMs - receivedMs)));
            } else if (!isBefore) {
                left++;
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.writeAge(json, Liveness.of(reader, nowMs), newestMs, nowMs - newestMs);
        json.put("seq", sequence);
        json.put("total", total);
        Table table = new Table(COLUMNS, rows, Table.Shape.COMPACT, left == 0,
                "More follow: pass nextCursor as cursor, or narrow with query.",
                last -> cursorOf((String) last.getFirst()));
        return new Answer(json, table, hints(total, entries.size(), all));
    }

    private static List<String> hints(int total, int known, boolean all) {
        if (total > 0) {
            return List.of();
        }
        return List.of(known == 0 ? "The engine knows no instrument yet: ask again later."
                : all ? "None matches; without query all " + known + " are listed."
                        : "None that matches has live data; status=all lists the others.");
    }

    private static List<Object> row(SnapshotInstrument instrument, @Nullable Long liveAgeMs) {
        return Arrays.asList(instrument.name(), emptyToNull(instrument.contractUnit()),
                emptyToNull(instrument.priceUnit()),
                Stamp.decimal(instrument.tick(), instrument.priceScale()),
                Stamp.decimal(instrument.lot(), instrument.quantityScale()), liveAgeMs, null);
    }

    private static boolean matches(SnapshotInstrument instrument, String query) {
        return Stream.of(instrument.name(), instrument.contractUnit(), instrument.priceUnit())
                .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(query));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    /** A name, not a position: pages stay whole when instruments come and go between them. */
    private static String cursorOf(String name) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString(name.getBytes(StandardCharsets.UTF_8));
    }

    private static String nameOf(String cursor) throws ToolFailure {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notOurs) {
            throw new ToolFailure(ErrorCode.INVALID_ARGUMENT, "cursor is not one of this tool: "
                    + "pass the nextCursor of the previous page unchanged, or none.");
        }
    }
}
