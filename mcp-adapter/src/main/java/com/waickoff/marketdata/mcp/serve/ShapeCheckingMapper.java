package com.waickoff.marketdata.mcp.serve;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;

/**
 * Reads and writes JSON as another mapper does; parameters that do not have the shape of their type
 * are the client's mistake, and are told it without the words of an exception.
 *
 * <p>Threads: any.
 */
final class ShapeCheckingMapper implements McpJsonMapper {
    private final McpJsonMapper mapper;

    ShapeCheckingMapper(McpJsonMapper mapper) {
        this.mapper = mapper;
    }

    @Override
    public <T> T readValue(String json, Class<T> type) throws IOException {
        return mapper.readValue(json, type);
    }

    @Override
    public <T> T readValue(byte[] json, Class<T> type) throws IOException {
        return mapper.readValue(json, type);
    }

    @Override
    public <T> T readValue(String json, TypeRef<T> type) throws IOException {
        return mapper.readValue(json, type);
    }

    @Override
    public <T> T readValue(byte[] json, TypeRef<T> type) throws IOException {
        return mapper.readValue(json, type);
    }

    @Override
    public <T> T convertValue(Object params, Class<T> type) {
        try {
            return mapper.convertValue(params, type);
        } catch (RuntimeException mismatch) {
            throw wrongShape();
        }
    }

    @Override
    public <T> T convertValue(Object params, TypeRef<T> type) {
        try {
            return mapper.convertValue(params, type);
        } catch (RuntimeException mismatch) {
            throw wrongShape();
        }
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return mapper.writeValueAsString(value);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return mapper.writeValueAsBytes(value);
    }

    private static McpError wrongShape() {
        return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                .message("params have the wrong shape.").build();
    }
}
