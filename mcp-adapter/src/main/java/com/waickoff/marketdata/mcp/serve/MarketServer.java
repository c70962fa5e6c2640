package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.Completions.Proposal;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.tool.ListInstrumentsTool;
import com.waickoff.marketdata.mcp.tool.PingTool;
import com.waickoff.marketdata.mcp.tool.VolumeProfileTool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** What this server is and can do, whatever transport it is reached by. */
public final class MarketServer {
    /** What a client's model can take at once, in bytes of an answer's text. */
    public static final int MAX_ANSWER_BYTES = 32 * 1024;

    static final String INSTRUCTIONS = "Market data of crypto venues, counted trade by trade by an "
            + "engine on this machine; read-only. Ids are venue:SYMBOL; call list_instruments if "
            + "an id is not certain. get_volume_profile gives the newest window of a length, "
            + "usually still open. Every answer says what it is worth: report coverage (ppm "
            + "1000000 = no trade known to be missing), gaps, ageMs and stale with the figures, and"
            + " the time covered, not the time asked for. stale=true means last known, not "
            + "current. Times are epoch ms UTC; prices and volumes are in the units named; delta "
            + "is bought minus sold by aggressors. Errors name the next step. These are "
            + "measurements, not advice.";

    private MarketServer() {}

    /** How JSON is read and written: numbers without exponents, as all other surfaces show them. */
    public static McpJsonMapper mapper() {
        return new ShapeCheckingMapper(new JacksonMcpJsonMapper(
                JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build()));
    }

    /** How answers are written by this mapper, at most as many bytes as a model can take. */
    public static AnswerWriter writer(McpJsonMapper mapper) {
        return new AnswerWriter(json -> text(mapper, json), MAX_ANSWER_BYTES);
    }

    /** JSON on one line. */
    public static String text(McpJsonMapper mapper, Object json) {
        try {
            return mapper.writeValueAsString(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All there is to ask of an engine. */
    public static Catalogue catalogue(EngineDoor engine) {
        return new Catalogue(INSTRUCTIONS, List.of(new PingTool(engine),
                new ListInstrumentsTool(engine), new VolumeProfileTool(engine)), List.of(),
                List.of(), List.of(),
                (reference, argument, begun, others) -> new Proposal(List.of(), 0));
    }
}
