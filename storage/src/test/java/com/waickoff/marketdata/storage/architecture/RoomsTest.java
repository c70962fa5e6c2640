package com.waickoff.marketdata.storage.architecture;

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
 * Holds the import table of storage: which room may know which other one, what of the engine, and
 * which library. Each database's library is named in one room; of the engine nobody here knows what
 * runs in it.
 */
class RoomsTest {
    private static final String ENGINE = "com.waickoff.marketdata.";
    private static final String ROOT = "com.waickoff.marketdata.storage";
    private static final List<String> EVERYWHERE = List.of("java.", "javax.net.", "javax.crypto.",
            "org.jspecify.");

    /** Rooms and libraries by their packages, and single types of the engine by their names. */
    private static final Map<String, List<String>> TABLE = Map.of(
            "", List.of(ROOT, ENGINE + "cli.EngineFilesOptions", ENGINE + "EngineConfig",
                    ENGINE + "window"),
            "effect", List.of(ENGINE + "event", ENGINE + "snapshot", ENGINE + "window"),
            "drain", List.of(ROOT + ".effect", ENGINE + "Derivation",
                    ENGINE + "DerivationListener", ENGINE + "EngineConfig", ENGINE + "event",
                    ENGINE + "coverage.InstrumentCoverage", ENGINE + "feed.BackOff",
                    ENGINE + "journal",
                    ENGINE + "memory", ENGINE + "snapshot", ENGINE + "status.DrainStatus",
                    ENGINE + "window", "org.slf4j"),
            "history", List.of(ROOT + ".effect", ENGINE + "event", ENGINE + "snapshot",
                    ENGINE + "window"),
            "mongo", List.of(ROOT + ".effect", ROOT + ".drain", ROOT + ".history",
                    ENGINE + "event", ENGINE + "snapshot", ENGINE + "window", "com.mongodb",
                    "org.bson", "org.reactivestreams", "reactor", "org.slf4j"),
            "redis", List.of(ROOT + ".effect", ROOT + ".drain", ENGINE + "event",
                    ENGINE + "decimal", ENGINE + "snapshot", ENGINE + "status",
                    ENGINE + "window", "io.lettuce", "reactor", "org.slf4j"),
            "embedded",
            List.of("de.bwaldvogel.mongo", "redis.embedded", "org.h2", "io.netty.buffer",
                    "io.netty.channel", "org.slf4j"),
            "retention", List.of(ROOT + ".drain", ENGINE + "DayExport", ENGINE + "EngineConfig",
                    ENGINE + "journal", ENGINE + "memory", ENGINE + "replay",
                    ENGINE + "segment", ENGINE + "window"),
            "cli", List.of(ROOT, ENGINE + "cli", ENGINE + "Derivation",
                    ENGINE + "EngineConfig", ENGINE + "event", ENGINE + "journal",
                    ENGINE + "memory", ENGINE + "replay.JournalNeed",
                    ENGINE + "segment", "picocli", "org.slf4j"));

    @Test
    void shouldKeepToTheTable() {
        List<String> found = new ArrayList<>();
        for (JavaClass type : storage()) {
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
        assertThat(storage()).allSatisfy(type -> assertThat(type.getPackage()
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

    private static JavaClasses storage() {
        JavaClasses storage = new ClassFileImporter().importPath(Path.of("target", "classes"));
        assertThat(storage).as("classes of storage").isNotEmpty();
        return storage;
    }
}
