package com.waickoff.marketdata.mcp.architecture;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Holds the import table of the adapter: which room may know which other one, what of the engine,
 * and which library. Of the engine only pure types and the readers of its files: no room that runs
 * in it.
 */
class RoomsTest {
    private static final String ENGINE = "com.waickoff.marketdata.";
    private static final String ROOT = "com.waickoff.marketdata.mcp";
    private static final List<String> EVERYWHERE = List.of("java.", "org.jspecify.");

    /** Rooms and libraries by their packages, and single types of the engine by their names. */
    private static final Map<String, List<String>> TABLE = Map.ofEntries(
            entry("answer", List.of(ENGINE + "decimal", "tools.jackson.core")),
            entry("argument", List.of(ROOT + ".answer")),
            entry("catalogue", List.of(ROOT + ".answer", ROOT + ".tool")),
            entry("market", List.of(ROOT + ".answer", ENGINE + "decimal", ENGINE + "snapshot",
                    ENGINE + "window", ENGINE + "storage.effect.WindowRows",
                    ENGINE + "storage.history")),
            entry("live", List.of(ROOT + ".answer", ROOT + ".market", ENGINE + "snapshot",
                    ENGINE + "status", ENGINE + "window", ENGINE + "memory.UnusableFileException",
                    "org.slf4j")),
            entry("history", List.of(ROOT + ".answer", ENGINE + "storage.history",
                    ENGINE + "window", "org.slf4j")),
            entry("condition", List.of(ROOT + ".answer", ROOT + ".history", ROOT + ".live",
                    ENGINE + "snapshot", ENGINE + "status", ENGINE + "storage.drain.DrainReport",
                    "org.slf4j")),
            entry("series", List.of(ROOT + ".answer", ROOT + ".history", ROOT + ".live",
                    ROOT + ".market", ENGINE + "snapshot", ENGINE + "storage.history",
                    ENGINE + "window", ENGINE + "memory.Run")),
            entry("tool", List.of(ROOT + ".answer", ROOT + ".argument", ROOT + ".condition",
                    ROOT + ".history", ROOT + ".live", ROOT + ".market", ROOT + ".series",
                    ENGINE + "snapshot", ENGINE + "status", ENGINE + "storage.history",
                    ENGINE + "window", ENGINE + "decimal", ENGINE + "memory.Run")),
            entry("resource", List.of(ROOT + ".answer", ROOT + ".argument", ROOT + ".catalogue",
                    ROOT + ".tool")),
            entry("prompt", List.of(ROOT + ".answer", ROOT + ".catalogue", ROOT + ".market",
                    ROOT + ".series")),
            entry("message", List.of("io.modelcontextprotocol.json")),
            entry("subscribe", List.of("org.slf4j")),
            entry("access", List.of("com.nimbusds", "org.slf4j")),
            entry("stateless", List.of(ROOT + ".message", ROOT + ".subscribe")),
            entry("serve", List.of(ROOT + ".answer", ROOT + ".argument", ROOT + ".catalogue",
                    ROOT + ".message", ROOT + ".stateless", ROOT + ".subscribe",
                    ROOT + ".tool", "io.modelcontextprotocol", "tools.jackson", "org.slf4j")),
            entry("stdio", List.of(ROOT + ".message", ROOT + ".serve", ROOT + ".stateless",
                    ROOT + ".subscribe", "io.modelcontextprotocol", "reactor.core.publisher",
                    "reactor.core.Disposable", "org.slf4j")),
            entry("http", List.of(ROOT + ".access", ROOT + ".message", ROOT + ".serve",
                    ROOT + ".stateless", ROOT + ".subscribe", "io.modelcontextprotocol",
                    "reactor.core", "reactor.util.context", "org.eclipse.jetty", "org.slf4j")),
            entry("conformance", List.of(ROOT + ".message", ROOT + ".serve", ROOT + ".stateless",
                    ROOT + ".subscribe", "io.modelcontextprotocol", "javax.crypto")),
            entry("health", List.of(ROOT + ".answer", ROOT + ".condition", ROOT + ".http",
                    ROOT + ".live", ENGINE + "status", "org.slf4j")),
            // Where all of it is put together.
            entry("", List.of(ROOT, ENGINE + "cli.EngineFilesOptions", ENGINE + "cli.Signals",
                    ENGINE + "EngineConfig", ENGINE + "storage.HistoryDoor",
                    ENGINE + "storage.drain.Drain", ENGINE + "storage.history",
                    "io.modelcontextprotocol", "picocli")));

    @Test
    void shouldKeepToTheTable() {
        List<String> found = new ArrayList<>();
        for (JavaClass type : adapter()) {
            List<String> allowed = TABLE.get(room(type));
            if (allowed == null) {
                found.add(type.getName() + ": " + room(type) + " is not a room; there are "
                        + new TreeSet<>(TABLE.keySet()));
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!isAllowed(type, target, allowed)) {
                    found.add(dependency.getDescription());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void shouldHaveASignOnEachDoor() {
        assertThat(adapter()).allSatisfy(type -> assertThat(type.getPackage()
                .tryGetPackageInfo().map(sign -> sign.isAnnotatedWith(NullMarked.class)))
                .as(type.getPackageName()).contains(true));
    }

    private static boolean isAllowed(JavaClass type, JavaClass target, List<String> allowed) {
        String name = target.getName();
        return target.isPrimitive() || target.getPackageName().equals(type.getPackageName())
                || EVERYWHERE.stream().anyMatch(name::startsWith)
                || allowed.stream().anyMatch(place -> name.equals(place)
                        || name.startsWith(place + '.') || name.startsWith(place + '$'));
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static JavaClasses adapter() {
        JavaClasses adapter = new ClassFileImporter().importPath(Path.of("target", "classes"));
        assertThat(adapter).isNotEmpty();
        return adapter;
    }
}
