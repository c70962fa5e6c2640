package com.waickoff.marketdata.config;

import com.waickoff.marketdata.terminal.Figures;
import com.waickoff.marketdata.terminal.IoReasons;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator's file, read.
 *
 * @param name as complaints call it
 * @param values by dotted key
 * @param outline where each key stands
 * @param problems why it cannot be relied upon
 */
public record ConfigFile(String name, Map<String, String> values, YamlOutline outline,
        List<String> problems) {
    private static final long MAX_BYTES = 1 << 20;
    private static final Pattern POSITION = Pattern.compile("line (\\d+), column (\\d+)");
    /** Tells of keys given twice, which is an error here; held, or it would forget its level. */
    private static final Logger PARSER_LOG = Logger
            .getLogger("io.smallrye.config.source.yaml");

    /** No file: every setting has its default. */
    public static ConfigFile none() {
        return new ConfigFile("", Map.of(), new YamlOutline(""), List.of());
    }

    /**
     * Reads a file.
     *
     * @param name as complaints are to call it
     */
    public static ConfigFile read(Path file, String name) {
        try {
            if (Files.isDirectory(file)) {
                return unusable(name, "is a directory, not a file");
            }
            if (Files.size(file) > MAX_BYTES) {
                return unusable(name, "has more than " + Figures.bytes(MAX_BYTES)
                        + "; is it a configuration at all?");
            }
            return parse(name, Files.readString(file));
        } catch (NoSuchFileException absent) {
            return unusable(name, "is not there; --config names the file to use");
        } catch (CharacterCodingException notText) {
            return unusable(name, "is not UTF-8 text");
        } catch (IOException unreadable) {
            return unusable(name, "cannot be read: " + IoReasons.of(unreadable));
        }
    }

    private static ConfigFile parse(String name, String text) {
        PARSER_LOG.setLevel(Level.OFF);
        YamlOutline outline = new YamlOutline(text);
        Map<String, String> parsed;
        try {
            parsed = new YamlConfigSource(name, text).getProperties();
        } catch (RuntimeException malformed) {
            boolean isAlias = String.valueOf(malformed.getMessage()).contains("alias");
            return unusable(name, "is not valid YAML" + position(malformed)
                    + (isAlias ? "; a value that begins with a star stands in quotes" : ""));
        }
        List<String> problems = new ArrayList<>();
        outline.problems().forEach(problem -> problems.add(name + ", " + problem));
        if (parsed.isEmpty() && outline.isForeign()) {
            problems.add(name + " holds no settings; it is made of lines like 'key: value'");
        }
        Map<String, String> values = new TreeMap<>();
        // A list comes whole under its own name and once more item by item.
        parsed.forEach((key, value) -> {
            if (key.indexOf('[') < 0) {
                values.put(key.replace("\"", ""), value);
            }
        });
        return new ConfigFile(name, values, outline, problems);
    }

    /** Where a key stands in it. */
    String locationOf(String key) {
        int line = outline.lineOf(key);
        return line == 0 ? name : name + ':' + line;
    }

    private static ConfigFile unusable(String name, String problem) {
        return new ConfigFile(name, Map.of(), new YamlOutline(""), List.of(name + ' ' + problem));
    }

    /** Where the parser gave up: the last position it names. Its own words are for programmers. */
    private static String position(RuntimeException malformed) {
        Matcher position = POSITION.matcher(String.valueOf(malformed.getMessage()));
        String found = "";
        while (position.find()) {
            found = " at line " + position.group(1) + ", column " + position.group(2);
        }
        return found;
    }
}
