package com.waickoff.marketdata.mcp.tool;

import com.waickoff.marketdata.mcp.answer.Answer;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.Table;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.argument.Parameter;
import com.waickoff.marketdata.mcp.live.LiveReading;
import com.waickoff.marketdata.mcp.live.Liveness;
import com.waickoff.marketdata.mcp.market.Instrument;
import com.waickoff.marketdata.mcp.series.Market;
import com.waickoff.marketdata.snapshot.CoverageView;
import com.waickoff.marketdata.snapshot.SnapshotEntry;
import com.waickoff.marketdata.snapshot.SnapshotReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
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

    private static final long NS_PER_MS = 1_000_000L;
    private static final List<String> COLUMNS = List.of("id", "base", "quote", "tick", "lot",
            "liveAgeMs", "historyFromMs");

    private final Market market;

    /** Lists the instruments of this market. */
    public ListInstrumentsTool(Market market) {
        this.market = market;
    }

    @Override
    public Tool atOnce() {
        return new ListInstrumentsTool(market.atOnce());
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
        return List.of(QUERY, STATUS, LIMIT, Asked.CURSOR);
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

    /** What is listed: instruments of the engine, and those that are only stored. */
    private static final class Listing {
        private final Map<String, Known> known = new TreeMap<>();
        private Liveness liveness = Liveness.ENGINE_STOPPED;
        private long sequence;
        private long newestMs;
        private long nowMs;
    }

    /**
     * An instrument.
     *
     * @param receivedMs when anything of it was last received; 0 for never
     * @param heardFromMs from when on there are trades; null if that is not known
     */
    private record Known(Instrument instrument, long receivedMs, @Nullable Long heardFromMs) {}

    @Override
    public Answer call(Arguments arguments) throws ToolFailure {
        String cursor = arguments.text(Asked.CURSOR);
        String after = cursor == null ? null : nameOf(cursor);
        String query = arguments.text(QUERY);
        String wanted = query == null ? "" : query.toLowerCase(Locale.ROOT);
        boolean all = arguments.word(STATUS).equals(ALL);
        Listing listing = listing(all);
        List<List<Object>> rows = new ArrayList<>();
        int total = 0;
        int left = 0;
        for (Map.Entry<String, Known> one : listing.known.entrySet()) {
            Known known = one.getValue();
            if (!matches(known.instrument, wanted) || (!all && known.receivedMs == 0)) {
                continue;
            }
            total++;
            boolean isBefore = after != null && one.getKey().compareTo(after) <= 0;
            if (!isBefore && rows.size() < arguments.number(LIMIT)) {
                rows.add(row(known, listing.nowMs));
            } else if (!isBefore) {
                left++;
            }
        }
        Map<String, Object> json = new LinkedHashMap<>();
        Stamp.writeAge(json, listing.liveness, listing.newestMs,
                listing.nowMs - listing.newestMs);
        json.put("seq", listing.sequence);
        json.put("total", total);
        Table table = new Table(COLUMNS, rows, Table.Shape.COMPACT, left == 0,
                "More follow: pass nextCursor as cursor, or narrow with query.",
                last -> cursorOf((String) last.getFirst()), false);
        List<String> hints = new ArrayList<>(hints(total, listing.known.size(), all));
        if (listing.liveness == Liveness.ENGINE_STOPPED) {
            hints.add(Stamp.ENGINE_STOPPED);
        }
        return new Answer(json, table, hints);
    }

    private Listing listing(boolean all) throws ToolFailure {
        Listing listing = new Listing();
        listing.nowMs = market.engine().nowMs();
        @Nullable
        ToolFailure away = null;
        try {
            market.engine().look((reader, nowMs) -> {
                addLive(listing, reader, nowMs);
                return listing;
            });
        } catch (ToolFailure failure) {
            away = failure;
        }
        if (all || away != null) {
            market.storedInstruments().forEach((name, instrument) -> listing.known
                    .putIfAbsent(name, new Known(instrument, 0, null)));
        }
        if (away != null && (listing.known.isEmpty() || !all)) {
            throw away;
        }
        return listing;
    }

    private static void addLive(Listing listing, SnapshotReader reader, long nowMs)
            throws ToolFailure, IOException {
        listing.liveness = Liveness.of(reader, nowMs);
        for (SnapshotEntry entry : reader.instruments()) {
            CoverageView coverage = LiveReading.coverage(reader, entry);
            listing.sequence = Math.max(listing.sequence, coverage.sequence());
            long receivedMs = coverage.lastReceiveTimeNs() / NS_PER_MS;
            listing.newestMs = Math.max(listing.newestMs, receivedMs);
            listing.known.put(entry.instrument().name(), new Known(
                    Instrument.of(entry.instrument()), receivedMs, heardFromMs(coverage)));
        }
    }

    /** The end of the stretch before anything was heard. */
    private static @Nullable Long heardFromMs(CoverageView coverage) {
        for (int i = 0; i < coverage.uncovered().count(); i++) {
            if (coverage.uncovered().fromMs(i) == 0
                    && coverage.uncovered().toMs(i) != Long.MAX_VALUE) {
                return coverage.uncovered().toMs(i);
            }
        }
        return null;
    }

    private static List<String> hints(int total, int known, boolean all) {
        if (total > 0) {
            return List.of();
        }
        return List.of(known == 0 ? "The engine knows no instrument yet: ask again later."
                : all ? "None matches; without query all " + known + " are listed."
                        : "None that matches has live data; status=all lists the others.");
    }

    private static List<Object> row(Known known, long nowMs) {
        Instrument instrument = known.instrument;
        return Arrays.asList(instrument.name(), emptyToNull(instrument.contractUnit()),
                emptyToNull(instrument.priceUnit()), instrument.price(instrument.tick()),
                instrument.quantity(instrument.lot()),
                known.receivedMs == 0 ? null : (Long) Math.max(0, nowMs - known.receivedMs),
                known.heardFromMs);
    }

    private static boolean matches(Instrument instrument, String query) {
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
