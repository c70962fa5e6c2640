package com.waickoff.marketdata.config;

import com.waickoff.marketdata.feed.Nearest;
import com.waickoff.marketdata.terminal.Shown;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is configured, and where each value comes from.
 *
 * <pre>
 *   weakest                                                   strongest
 *   default  →  file  →  environment (WAICKOFF_…)  →  --set key=value, options of the command
 * </pre>
 *
 * <p>Threads: one.
 */
public final class Configuration {
    /** The source of a value that nobody gave. */
    public static final String DEFAULT = "default";

    private static final String ENVIRONMENT_PREFIX = "WAICKOFF_";
    /** Variables of the launcher. */
    private static final List<String> NOT_SETTINGS = List.of("WAICKOFF_JAVA_OPTS");
    private static final int FILE_ORDINAL = 100;
    private static final int ENVIRONMENT_ORDINAL = 300;
    private static final int COMMAND_LINE_ORDINAL = 400;

    private final Map<Setting, Value> values = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    /**
     * A value.
     *
     * @param source where it comes from, for people
     */
    public record Value(String text, String source) {}

    /**
     * A value of the command line.
     *
     * @param option that gave it, such as {@code --set}
     */
    public record Given(String key, String text, String option) {}

    /** What these sources come to. */
    public Configuration(ConfigFile file, Map<String, String> env, List<Given> overrides) {
        problems.addAll(file.problems());
        Map<String, Given> commandLine = collect(overrides);
        Map<String, String> environment = collect(env);
        SmallRyeConfig merged = merge(file, environment, commandLine);
        for (Setting setting : Settings.ALL) {
            Value value = valueOf(setting, merged, file, commandLine);
            values.put(setting, value);
            String problem = setting.problemOf(value.text());
            if (problem != null) {
                problems.add(problem + " (" + value.source() + ')');
            }
        }
        for (String key : file.values().keySet()) {
            rejectUnknown(key, file.locationOf(key));
        }
        commandLine.values().forEach(given -> rejectUnknown(given.key(), given.option()));
    }

    /** The value of a setting; it may be wrong where there are {@link #problems}. */
    public Value get(Setting setting) {
        Value value = values.get(setting);
        if (value == null) {
            throw new IllegalArgumentException(setting.key() + " is not in the list of settings");
        }
        return value;
    }

    /** The value of a number without a problem. */
    public long number(Setting setting) {
        return Setting.numberOf(get(setting).text());
    }

    /** The value of a number without a problem that fits an int. */
    int integer(Setting setting) {
        return Math.toIntExact(number(setting));
    }

    /** Why nothing must be started with it: all there is to say. */
    List<String> problems() {
        return problems;
    }

    /** What a person should know about it. */
    public List<String> remarks() {
        return remarks;
    }

    private Map<String, Given> collect(List<Given> overrides) {
        Map<String, Given> byKey = new LinkedHashMap<>();
        for (Given given : overrides) {
            Given before = byKey.putIfAbsent(given.key(), given);
            if (before != null) {
                problems.add(Shown.plain(given.key()) + " is given twice ("
                        + (before.option().equals(given.option()) ? given.option()
                                : before.option() + " and " + given.option())
                        + ')');
            }
        }
        return byKey;
    }

    private Map<String, String> collect(Map<String, String> env) {
        Map<String, String> known = new HashMap<>();
        List<String> names = Settings.ALL.stream().map(Setting::environmentName).toList();
        for (String name : new TreeSet<>(env.keySet())) {
            if (!name.startsWith(ENVIRONMENT_PREFIX) || NOT_SETTINGS.contains(name)) {
                continue;
            }
            String value = env.getOrDefault(name, "");
            if (names.contains(name)) {
                // Compose files set what is not set to nothing.
                if (!value.isEmpty()) {
                    known.put(name.substring(ENVIRONMENT_PREFIX.length()), value);
                }
            } else {
                // No error: Kubernetes sets variables like this for a service of our name.
                remarks.add("environment variable " + Shown.plain(name) + " is not used: it is no"
                        + " setting" + Nearest.hint(name, names));
            }
        }
        return known;
    }

    private static SmallRyeConfig merge(ConfigFile file, Map<String, String> environment,
            Map<String, Given> commandLine) {
        Map<String, String> overridden = new TreeMap<>();
        commandLine.forEach((key, given) -> overridden.put(key, given.text()));
        return new SmallRyeConfigBuilder().withSources(
                new YamlConfigSource("file", file.values(), FILE_ORDINAL),
                new EnvConfigSource(environment, ENVIRONMENT_ORDINAL),
                new PropertiesConfigSource(overridden, "command line", COMMAND_LINE_ORDINAL))
                .build();
    }

    private static Value valueOf(Setting setting, SmallRyeConfig merged, ConfigFile file,
            Map<String, Given> commandLine) {
        ConfigValue found = merged.getConfigValue(setting.key());
        String text = found.getValue();
        if (text == null) {
            return new Value(setting.defaultText(), DEFAULT);
        }
        String source = switch (found.getConfigSourceOrdinal()) {
            case FILE_ORDINAL -> file.locationOf(setting.key());
            case ENVIRONMENT_ORDINAL -> setting.environmentName();
            default -> {
                Given given = commandLine.get(setting.key());
                yield given == null ? "command line" : given.option();
            }
        };
        return new Value(text.strip(), source);
    }

    private void rejectUnknown(String key, String source) {
        if (Settings.find(key) == null) {
            problems.add(Shown.plain(key) + " is no setting (" + source + ')' + Nearest.hint(key,
                    Settings.ALL.stream().map(Setting::key).toList()));
        }
    }
}
