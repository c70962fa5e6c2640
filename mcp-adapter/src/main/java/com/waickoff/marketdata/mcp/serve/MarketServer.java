package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.catalogue.Catalogue;
import com.waickoff.marketdata.mcp.catalogue.Completions.Proposal;
import com.waickoff.marketdata.mcp.live.EngineDoor;
import com.waickoff.marketdata.mcp.tool.ListInstrumentsTool;
import com.waickoff.marketdata.mcp.tool.PingTool;
import com.waickoff.marketdata.mcp.tool.Tool;
import com.waickoff.marketdata.mcp.tool.VolumeProfileTool;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator;
import io.modelcontextprotocol.json.schema.JsonSchemaValidator.ValidationResponse;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.modelcontextprotocol.spec.McpServerTransportProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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

    private static final String NAME = "waickoff";
    private static final ToolAnnotations READ_ONLY = ToolAnnotations.builder().readOnlyHint(true)
            .idempotentHint(true).openWorldHint(false).build();

    private MarketServer() {}

    /** How JSON is read and written: numbers without exponents, as all other surfaces show them. */
    public static McpJsonMapper mapper() {
        return new ShapeCheckingMapper(new JacksonMcpJsonMapper(
                JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build()));
    }

    /** How answers are written by this mapper, at most as many bytes as a model can take. */
    public static AnswerWriter writer(McpJsonMapper mapper) {
        return new AnswerWriter(json -> {
            try {
                return mapper.writeValueAsString(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }, MAX_ANSWER_BYTES);
    }

    /** All there is to ask of an engine. */
    public static Catalogue catalogue(EngineDoor engine) {
        return new Catalogue(INSTRUCTIONS, List.of(new PingTool(engine),
                new ListInstrumentsTool(engine), new VolumeProfileTool(engine)), List.of(),
                List.of(), List.of(),
                (reference, argument, begun, others) -> new Proposal(List.of(), 0));
    }

    /**
     * Serves a catalogue over a transport that carries one session.
     *
     * @param version of this program
     */
    public static McpSyncServer serve(McpServerTransportProvider transport, McpJsonMapper mapper,
            Catalogue catalogue, ToolCalls calls, String version) {
        return McpServer.sync(transport).jsonMapper(mapper).jsonSchemaValidator(new Checked())
                .serverInfo(NAME, version).instructions(catalogue.instructions())
                .capabilities(ServerCapabilities.builder().tools(false).build())
                .tools(catalogue.tools().stream().map(tool -> specification(tool, calls)).toList())
                .strictToolNameValidation(true).validateToolInputs(false)
                // A call reads mapped memory for microseconds: not worth another thread.
                .immediateExecution(true).build();
    }

    private static SyncToolSpecification specification(Tool tool, ToolCalls calls) {
        McpSchema.Tool described = McpSchema.Tool
                .builder(tool.name(), Arguments.schema(tool.parameters())).title(tool.title())
                .description(tool.description()).outputSchema(tool.outputSchema())
                .annotations(READ_ONLY).build();
        return SyncToolSpecification.builder().tool(described)
                .callHandler((exchange, request) -> result(calls.call(tool, request.arguments())))
                .build();
    }

    private static CallToolResult result(ToolCalls.Result result) {
        CallToolResult.Builder builder = CallToolResult.builder().addTextContent(result.text());
        return result.json() == null ? builder.isError(true).build()
                : builder.structuredContent(result.json()).build();
    }

    /**
     * Lets everything pass: arguments are checked against the very definitions their schemas are
     * made from, with texts that help a model, and that answers keep to their schemas is tested.
     * The SDK's own validator would check both again on each call.
     */
    private static final class Checked implements JsonSchemaValidator {
        @Override
        public ValidationResponse validate(Map<String, Object> schema, Object content) {
            return ValidationResponse.asValid(null);
        }
    }
}
