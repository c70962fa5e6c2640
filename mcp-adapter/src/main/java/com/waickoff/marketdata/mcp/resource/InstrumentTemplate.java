package com.waickoff.marketdata.mcp.resource;

import com.waickoff.marketdata.mcp.answer.AnswerWriter;
import com.waickoff.marketdata.mcp.answer.ErrorCode;
import com.waickoff.marketdata.mcp.answer.ToolFailure;
import com.waickoff.marketdata.mcp.argument.Arguments;
import com.waickoff.marketdata.mcp.catalogue.Freshness;
import com.waickoff.marketdata.mcp.catalogue.Freshness.Scope;
import com.waickoff.marketdata.mcp.catalogue.ResourceTemplate;
import com.waickoff.marketdata.mcp.tool.Tool;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a tool answers of one instrument: {@code market://{venue}/{symbol}/…}. A colon would be no
 * valid authority, so that the two parts of a name are parts of the path here.
 */
public final class InstrumentTemplate implements ResourceTemplate {
    private static final Freshness FRESHNESS = new Freshness(500, Scope.PRIVATE);
    /** Letters of any script: venues list such symbols. No separator, dot or percent sign. */
    private static final String PART = "([\\p{L}\\p{N}_-]{1,64})";

    private final Tool tool;
    private final AnswerWriter writer;
    private final String name;
    private final String path;
    private final String description;
    private final Pattern pattern;
    private final @Nullable Variable variable;
    private final Map<String, Object> arguments;
    private final Version version;

    /** Tells whether what would be read has changed. */
    @FunctionalInterface
    public interface Version {
        /**
         * A number that is another one when it has.
         *
         * @param instrument {@code venue:SYMBOL}
         * @param value of the variable; empty if there is none
         */
        long of(String instrument, String value) throws ToolFailure;
    }

    /**
     * A variable beside venue and symbol.
     *
     * @param name in the template
     * @param parameter of the tool that it stands for
     * @param values those it can have
     */
    public record Variable(String name, String parameter, List<String> values) {
        /** The list is copied. */
        public Variable {
            values = List.copyOf(values);
        }
    }

    private record Target(String instrument, String value) {}

    /**
     * A template.
     *
     * @param path behind the symbol, without the variable
     * @param variable last part of the path; null for none
     * @param arguments that the tool is called with beside the instrument and the variable
     */
    public InstrumentTemplate(Tool tool, AnswerWriter writer, String name, String path,
            @Nullable Variable variable, String description, Map<String, Object> arguments,
            Version version) {
        this.tool = tool;
        this.writer = writer;
        this.name = name;
        this.path = path;
        this.variable = variable;
        this.description = description;
        this.arguments = Map.copyOf(arguments);
        this.version = version;
        pattern = Pattern.compile("market://" + PART + '/' + PART + '/' + Pattern.quote(path)
                + (variable == null ? "" : "/(" + String.join("|", variable.values()) + ')'));
    }

    @Override
    public String uriTemplate() {
        return "market://{venue}/{symbol}/" + path
                + (variable == null ? "" : "/{" + variable.name() + '}');
    }

    @Override
    public boolean fits(String uri) {
        return matcher(uri).matches();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String title() {
        return tool.title();
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String mimeType() {
        return "application/json";
    }

    @Override
    public Freshness freshness() {
        return FRESHNESS;
    }

    @Override
    public boolean isSubscribable() {
        return true;
    }

    @Override
    public String read(String uri) throws ToolFailure {
        Target target = target(uri);
        Map<String, Object> all = new LinkedHashMap<>(arguments);
        all.put("instrument", target.instrument);
        if (variable != null) {
            all.put(variable.parameter(), target.value);
        }
        return writer.write(tool.call(Arguments.of(tool.parameters(), all))).text();
    }

    @Override
    public long version(String uri) throws ToolFailure {
        Target target = target(uri);
        return version.of(target.instrument, target.value);
    }

    private Target target(String uri) throws ToolFailure {
        Matcher matcher = matcher(uri);
        if (!matcher.matches()) {
            throw new ToolFailure(ErrorCode.UNKNOWN_RESOURCE, ToolFailure.quoted(uri)
                    + " does not fit " + uriTemplate() + '.');
        }
        return new Target(matcher.group(1) + ':' + matcher.group(2),
                variable == null ? "" : matcher.group(3));
    }

    /** Clients may write letters beyond ASCII as they are, or escaped. */
    private Matcher matcher(String uri) {
        try {
            return pattern.matcher(uri.indexOf('%') < 0 ? uri
                    : URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notEscaped) {
            return pattern.matcher(uri);
        }
    }
}
