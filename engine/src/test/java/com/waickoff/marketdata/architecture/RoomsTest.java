package com.waickoff.marketdata.architecture;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvent;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Holds the import table of the engine: which room may know which other room, and which library.
 *
 * <p>Every rule is made for a root package, so that {@link #shouldFindWhatIsPlanted} can hold it
 * against a small house of broken rooms and see it fail.
 */
class RoomsTest {
    private static final String ROOT = "com.waickoff.marketdata";
    private static final String PLANTED = ROOT + ".architecture.planted";

    /**
     * A room is a package below the root with all that is below it; only in {@code feed} each
     * package below is a room of its own: {@code socket}, which alone knows the network and which
     * only the composition root and its configuration know, {@code recording}, or a venue. {@code root} is the root package itself.
     */
    private static final Map<String, Room> TABLE = table("""
            room      | may import                                               | libraries
            decimal   |                                                          |
            memory    |                                                          | Agrona
            event     | decimal                                                  |
            window    |                                                          |
            snapshot  | memory decimal window                                    | Agrona
            status    | memory                                                   | Agrona HdrHistogram
            journal   | event memory status                                      | Chronicle
            segment   | event memory journal                                     |
            profile   | event decimal memory window snapshot status              |
            flow      | event decimal memory window snapshot status              |
            depth     | event decimal memory window snapshot status              |
            coverage  | event decimal memory window snapshot status              |
            ring      | event status                                             | Disruptor
            feed      | event decimal status                                     |
            feed.socket | feed event decimal status                              | Netty
            feed.*    | feed event decimal status                                |
            parquet   |                                                          | aircompressor
            replay    | journal feed event snapshot decimal window status parquet |
            terminal  |                                                          |
            report    | decimal memory window snapshot status flow depth feed terminal |
            drawing   | window snapshot status flow depth report terminal        |
            config    | window snapshot journal flow depth coverage ring feed feed.socket terminal root | SmallRye
            cli       | everything                                               | Agrona picocli SLF4J
            root      | everything                                               | Agrona picocli SLF4J
            """);

    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "Agrona", List.of("org.agrona"),
            "HdrHistogram", List.of("org.HdrHistogram"),
            "Chronicle", List.of("net.openhft"),
            "Disruptor", List.of("com.lmax.disruptor"),
            "Netty", List.of("io.netty"),
            "aircompressor", List.of("io.airlift.compress"),
            "picocli", List.of("picocli"),
            "SmallRye", List.of("io.smallrye.config", "org.eclipse.microprofile.config"),
            "SLF4J", List.of("org.slf4j", "ch.qos.logback"));

    /** What any room may use: the JDK and the nullness annotations. */
    private static final List<String> EVERYWHERE = List.of("java", "javax", "jdk.jfr",
            "org.jspecify");

    private static final Set<String> NAMES_OF_NO_ROOM = Set.of("util", "utils", "common", "core",
            "impl", "manager", "helper");

    private static final String TAKE_A_CLOCK = "take the time from the event, or an injected clock";
    private static final String TAKE_A_SEED = "take an injected generator with a seed";

    /** Calls that make a run depend on when or where it runs, and what to do instead. */
    private static final Map<String, String> BANNED_CALLS = Map.ofEntries(
            Map.entry("java.lang.System.currentTimeMillis", TAKE_A_CLOCK),
            Map.entry("java.lang.System.nanoTime", TAKE_A_CLOCK),
            Map.entry("java.time.Instant.now", TAKE_A_CLOCK),
            Map.entry("java.time.LocalDate.now", TAKE_A_CLOCK),
            Map.entry("java.time.LocalDateTime.now", TAKE_A_CLOCK),
            Map.entry("java.time.OffsetDateTime.now", TAKE_A_CLOCK),
            Map.entry("java.time.ZonedDateTime.now", TAKE_A_CLOCK),
            Map.entry("java.time.Clock.systemUTC", TAKE_A_CLOCK),
            Map.entry("java.time.Clock.systemDefaultZone", TAKE_A_CLOCK),
            Map.entry("java.time.Clock.system", TAKE_A_CLOCK),
            Map.entry("java.lang.Thread.sleep",
                    "wait for an event or on the injected idle strategy"),
            Map.entry("java.util.Timer.<init>",
                    "compare deadlines with the time that events carry"),
            Map.entry("java.lang.Math.random", TAKE_A_SEED),
            Map.entry("java.util.Random.<init>()", TAKE_A_SEED),
            Map.entry("java.util.SplittableRandom.<init>()", TAKE_A_SEED),
            Map.entry("java.util.concurrent.ThreadLocalRandom.current", TAKE_A_SEED),
            Map.entry("java.util.UUID.randomUUID", TAKE_A_SEED));

    private record Room(String name, Set<String> imports, Set<String> libraries) {
        boolean mayImport(String room) {
            return imports.contains("everything") || imports.contains(room);
        }

        boolean mayUse(String packageName) {
            return EVERYWHERE.stream().anyMatch(prefix -> within(packageName, prefix))
                    || libraries.stream().flatMap(library -> LIBRARIES.get(library).stream())
                            .anyMatch(prefix -> within(packageName, prefix));
        }
    }

    @Test
    void shouldKeepToTheTable() {
        keepToTheTable(ROOT).check(engine());
    }

    @Test
    void shouldHaveNoCycles() {
        haveNoCycles(ROOT).check(engine());
    }

    @Test
    void shouldHaveASignOnEachDoor() {
        haveASignOnEachDoor().check(engine());
    }

    @Test
    void shouldTakeTimeAndChanceFromOutside() {
        takeTimeAndChanceFromOutside(ROOT).check(engine());
    }

    /** One broken thing per line: where it is planted, and a part of the message it must raise. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            table  | depth.ReachesForTheFeed          | depth may not import feed
            table  | decimal.BorrowsAgrona            | decimal may not import org.agrona
            table  | feed.bybit.SpeaksNetty           | feed.bybit may not import io.netty
            table  | feed.bybit.KnowsAnotherVenue     | feed.bybit may not import feed.binance
            table  | window.ClimbsToTheRoot           | window may not import root
            table  | window.ReachesByArray            | window may not import feed
            table  | attic.HasNoRoom                  | attic is not a room
            table  | journal.util.Oddment             | names no room
            table  | feed.bybit.TakesTheNettyDoor     | feed.bybit may not import feed.socket
            table  | replay.TakesTheNettyDoor         | replay may not import feed.socket
            cycles | decimal.LooksUp                  | Cycle detected
            sign   | depth.ReachesForTheFeed          | package-info
            clocks | event.AsksTheWall                | System.nanoTime
            clocks | event.AsksTheWallByReference     | System.currentTimeMillis
            clocks | event.RollsDice                  | Random.<init>()
            clocks | event.SystemClock                | Instant.now
            """)
    void shouldFindWhatIsPlanted(String rule, String culprit, String message) {
        ArchRule broken = switch (rule) {
            case "table" -> keepToTheTable(PLANTED);
            case "cycles" -> haveNoCycles(PLANTED);
            case "sign" -> haveASignOnEachDoor();
            case "clocks" -> takeTimeAndChanceFromOutside(PLANTED);
            default -> throw new IllegalArgumentException(rule);
        };
        List<String> found = broken.evaluate(planted()).getFailureReport().getDetails();

        assertThat(found).anySatisfy(violation -> assertThat(violation)
                .contains(PLANTED + "." + culprit).contains(message));
    }

    @Test
    void shouldLetTheAllowedImplementationsAskTheClock() {
        List<String> found = takeTimeAndChanceFromOutside(PLANTED).evaluate(planted())
                .getFailureReport().getDetails();

        assertThat(found).isNotEmpty()
                .noneMatch(violation -> violation.contains(".feed.SystemClock")
                        || violation.contains(".cli."));
    }

    private static ArchRule keepToTheTable(String root) {
        return rule("keep to the import table", (type, events) -> {
            String name = roomOf(root, type);
            String row = name.startsWith("feed.") && !TABLE.containsKey(name) ? "feed.*" : name;
            Room room = TABLE.get(row);
            if (room == null) {
                events.add(violated(type, type.getName() + ": " + name + " is not a room; move it"
                        + " to one of " + TABLE.keySet()));
                return;
            }
            Stream.of(type.getPackageName().split("\\.", -1)).filter(NAMES_OF_NO_ROOM::contains)
                    .map(part -> type.getName() + ": " + part
                            + " names no room; say what lives there")
                    .forEach(message -> events.add(violated(type, message)));
            dependencies(type).filter(dependency -> !isAllowed(root, name, room, dependency))
                    .map(dependency -> name + " may not import "
                            + nameOf(root, targetOf(dependency))
                            + ", only " + room.imports() + " and of libraries " + room.libraries()
                            + ": " + dependency.getDescription())
                    .forEach(message -> events.add(violated(type, message)));
        });
    }

    private static boolean isAllowed(String root, String name, Room room, Dependency dependency) {
        JavaClass target = targetOf(dependency);
        String neighbour = roomOf(root, target);
        return neighbour.isEmpty() ? room.mayUse(target.getPackageName())
                : neighbour.equals(name) || room.mayImport(neighbour);
    }

    private static String nameOf(String root, JavaClass target) {
        String neighbour = roomOf(root, target);
        return neighbour.isEmpty() ? target.getPackageName() : neighbour;
    }

    private static ArchRule haveNoCycles(String root) {
        return SlicesRuleDefinition.slices().assignedFrom(new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                if (!within(type.getPackageName(), root)) {
                    return SliceIdentifier.ignore();
                }
                return SliceIdentifier.of(roomOf(root, type));
            }

            @Override
            public String getDescription() {
                return "the rooms";
            }
        }).should().beFreeOfCycles().allowEmptyShould(true);
    }

    private static ArchRule haveASignOnEachDoor() {
        return rule("have a package-info that is @NullMarked", (type, events) -> {
            boolean signed = type.getPackage().tryGetPackageInfo()
                    .map(sign -> sign.isAnnotatedWith(NullMarked.class)).orElse(false);
            if (!signed) {
                events.add(
                        violated(type, type.getName() + ": its package needs a package-info that "
                                + "says what lives there and is @NullMarked"));
            }
        });
    }

    private static ArchRule takeTimeAndChanceFromOutside(String root) {
        return rule("take time and chance from outside", (type, events) -> {
            String room = roomOf(root, type);
            if (room.equals("cli") || type.getName().equals(root + ".feed.SystemClock")) {
                return;
            }
            for (JavaAccess<?> access : type.getAccessesFromSelf()) {
                String call = access.getTargetOwner().getName() + "." + access.getName();
                String cure = BANNED_CALLS.getOrDefault(call,
                        BANNED_CALLS.get(call + parameters(access)));
                if (cure != null) {
                    events.add(violated(type, access.getDescription() + ": " + cure));
                }
            }
        });
    }

    private static String parameters(JavaAccess<?> access) {
        if (access.getTarget() instanceof CodeUnitAccessTarget target) {
            return target.getRawParameterTypes().stream().map(JavaClass::getName)
                    .collect(joining(",", "(", ")"));
        }
        return "";
    }

    private static JavaClasses engine() {
        JavaClasses engine = new ClassFileImporter().importPath(Path.of("target", "classes"));
        assertThat(engine).as("classes of the engine").isNotEmpty();
        return engine;
    }

    private static JavaClasses planted() {
        return new ClassFileImporter()
                .importPath(Path.of("target", "test-classes").resolve(PLANTED.replace('.', '/')));
    }

    private static ArchRule rule(String what, BiConsumer<JavaClass, ConditionEvents> check) {
        return ArchRuleDefinition.classes().should(new ArchCondition<JavaClass>(what) {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                check.accept(type, events);
            }
        }).allowEmptyShould(true);
    }

    private static ConditionEvent violated(JavaClass type, String message) {
        return SimpleConditionEvent.violated(type, message);
    }

    private static Stream<Dependency> dependencies(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> !targetOf(dependency).isPrimitive());
    }

    private static JavaClass targetOf(Dependency dependency) {
        return dependency.getTargetClass().getBaseComponentType();
    }

    /** {@code depth}, {@code feed.bybit}, {@code root}; nothing for what is not ours. */
    private static String roomOf(String root, JavaClass type) {
        String packageName = type.getPackageName();
        if (packageName.equals(root)) {
            return "root";
        }
        if (!within(packageName, root)) {
            return "";
        }
        String[] parts = packageName.substring(root.length() + 1).split("\\.", -1);
        return parts[0].equals("feed") && parts.length > 1 ? "feed." + parts[1] : parts[0];
    }

    private static boolean within(String packageName, String prefix) {
        return packageName.equals(prefix) || packageName.startsWith(prefix + ".");
    }

    private static Map<String, Room> table(String text) {
        Map<String, Room> rooms = new LinkedHashMap<>();
        text.lines().skip(1).map(line -> line.split("\\|", -1))
                .map(cells -> new Room(cells[0].strip(), words(cells[1]), words(cells[2])))
                .forEach(room -> rooms.put(room.name(), room));
        return rooms;
    }

    private static Set<String> words(String cell) {
        return cell.isBlank() ? Set.of()
                : new LinkedHashSet<>(List.of(cell.strip().split(" +", -1)));
    }
}
