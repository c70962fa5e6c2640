package com.waickoff.marketdata.mcp.serve;

import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.jackson3.JacksonMcpJsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** How answers are written, whatever transport they go by. */
public final class MarketServer {
    /** What a client's model can take at once, in bytes of an answer's text. */
    public static final int MAX_ANSWER_BYTES = 32 * 1024;

    private MarketServer() {}

    /** How JSON is read and written: numbers without exponents, as all other surfaces show them. */
    public static McpJsonMapper mapper() {
        return new ShapeCheckingMapper(new JacksonMcpJsonMapper(
                JsonMapper.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                        .build()));
    }

    /** How answers are written: at most as many bytes as a model can take. */
    public static AnswerWriter writer() {
        return new AnswerWriter(MAX_ANSWER_BYTES);
    }

    /** JSON on one line. */
    public static String text(McpJsonMapper mapper, Object json) {
        try {
            return mapper.writeValueAsString(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
