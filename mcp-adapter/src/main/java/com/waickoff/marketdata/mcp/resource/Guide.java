package com.waickoff.marketdata.mcp.resource;

import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.catalogue.Freshness;
import com.waickoff.marketdata.mcp.catalogue.Freshness.Scope;
import com.waickoff.marketdata.mcp.catalogue.Resource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** {@code market://guide}: units, words and methods, for a model that wants to know what it reads. */
public final class Guide implements Resource {
    /** Its URI. */
    public static final String URI = "market://guide";

    private static final String FILE = "guide.md";
    private static final Freshness FRESHNESS = new Freshness(60_000, Scope.PUBLIC);

    private final String text;

    /** The guide of this version. */
    public Guide() {
        try (InputStream file = Objects.requireNonNull(
                Guide.class.getResourceAsStream(FILE), FILE)) {
            text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String uri() {
        return URI;
    }

    @Override
    public String name() {
        return "guide";
    }

    @Override
    public String title() {
        return "Guide";
    }

    @Override
    public String description() {
        return "Units, glossary and methods of all answers.";
    }

    @Override
    public String mimeType() {
        return "text/markdown";
    }

    @Override
    public Freshness freshness() {
        return FRESHNESS;
    }

    @Override
    public boolean isSubscribable() {
        return false;
    }

    @Override
    public String read(String uri) {
        return text;
    }

    @Override
    public long version(String uri) throws ToolFailure {
        throw new ToolFailure(ErrorCode.NOT_AVAILABLE, "the guide does not change: read it.");
    }
}
