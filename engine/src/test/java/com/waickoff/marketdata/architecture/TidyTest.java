package com.waickoff.marketdata.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds the habits of what ships, in every module; each ban says what to do instead. */
class TidyTest {
    private static final int CODE_COLUMNS_MAX = 100;
    /** Wider than code: diagrams and tables of formats. */
    private static final int COMMENT_COLUMNS_MAX = 120;
    private static final int FILE_LINES_MAX = 600;
    private static final int METHOD_LINES_MAX = 60;

    private static final List<Ban> BANS = List.of(
            new Ban("\\b(TO" + "DO|FIX" + "ME|XXX)\\b",
                    "do it now, or write down what is missing where its users look for it"),
            new Ban("\\bSystem\\.(out|err)\\b",
                    "count it or record a distinct error in status; printing is for the cli",
                    "cli", "jmh", "MakeRecording.java", "ServeVenue.java"),
            new Ban("\\.printStackTrace\\(", "rethrow it or record a distinct error in status"),
            new Ban("\t", "indent with four spaces"),
            new Ban("[ \t]$", "remove the trailing white space"),
            new Ban("\r", "end lines with a line feed alone"));

    /** What no line may hold, what to do instead, and the rooms it is not for. */
    private record Ban(Pattern pattern, String cure, List<String> exemptRooms) {
        Ban(String regex, String cure, String... exemptRooms) {
            this(Pattern.compile(regex), cure, List.of(exemptRooms));
        }

        boolean isBroken(Path file, String line) {
            return pattern.matcher(line).find()
                    && StreamSupport.stream(file.spliterator(), false)
                            .noneMatch(part -> exemptRooms.contains(part.toString()));
        }
    }

    @Test
    void shouldKeepMainSourcesTidy() throws IOException {
        Path project = project();
        List<Path> files = mainSources(project);
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            found.addAll(check(project.relativize(file), Files.readString(file)));
        }

        assertThat(files).as("main sources below %s", project).isNotEmpty();
        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"// TO" + "DO later", "int x; // FIX" + "ME", "System.out.println(1);",
            "System.err.println(1);", "e.printStackTrace();", "\tint x;", "int x; ", "int x;\r"})
    void shouldFindWhatIsBanned(String line) {
        String source = "class Planted {\n" + line + "\n}\n";

        assertThat(check(Path.of("depth", "Planted.java"), source))
                .singleElement().asString().startsWith("depth/Planted.java:2: ");
    }

    @Test
    void shouldLetTheCommandLinePrint() {
        assertThat(check(Path.of("cli", "Command.java"), "System.out.println(1);\n")).isEmpty();
    }

    @Test
    void shouldFindLongLines() {
        String code = "int " + "x".repeat(CODE_COLUMNS_MAX) + ";\n";
        String diagram = " * " + "-".repeat(CODE_COLUMNS_MAX) + "\n";
        String banner = " * " + "-".repeat(COMMENT_COLUMNS_MAX) + "\n";

        assertThat(check(Path.of("Planted.java"), "/*\n" + diagram + " */\n")).isEmpty();
        assertThat(check(Path.of("Planted.java"), "/*\n" + banner + " */\n")).hasSize(1);
        assertThat(check(Path.of("Planted.java"), code)).singleElement().asString()
                .contains("105 columns");
    }

    @Test
    void shouldFindLongFilesAndMethods() {
        String body = "        x++;\n".repeat(METHOD_LINES_MAX);
        String longMethod = "class Planted {\n    void grow() {\n" + body + "    }\n}\n";
        String longFile = "\n".repeat(FILE_LINES_MAX + 1);

        assertThat(check(Path.of("Planted.java"), longMethod)).singleElement().asString()
                .startsWith("Planted.java:2: method grow has 62 lines");
        assertThat(check(Path.of("Planted.java"), longFile)).singleElement().asString()
                .contains("601 lines");
    }

    private static List<String> check(Path file, String source) {
        List<String> found = new ArrayList<>();
        String name = file.toString();
        List<String> lines = List.of(source.split("\n", -1));
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String at = name + ":" + (i + 1) + ": ";
            int columns = line.codePointCount(0, line.length());
            int columnsMax = isComment(line) ? COMMENT_COLUMNS_MAX : CODE_COLUMNS_MAX;
            if (columns > columnsMax) {
                found.add(at + columns + " columns, at most " + columnsMax + ": break the line");
            }
            BANS.stream().filter(ban -> ban.isBroken(file, line))
                    .forEach(ban -> found.add(at + line.strip() + ": " + ban.cure));
        }
        // What follows the last line feed is no line.
        int lineCount = lines.size() - 1;
        if (lineCount > FILE_LINES_MAX) {
            found.add(name + ":1: " + lineCount + " lines, at most " + FILE_LINES_MAX
                    + ": there is more than one thing in it, give each its own file");
        }
        found.addAll(longMethods(name, source));
        return found;
    }

    private static boolean isComment(String line) {
        String text = line.stripLeading();
        return text.startsWith("*") || text.startsWith("//") || text.startsWith("/*");
    }

    private static List<String> longMethods(String name, String source) {
        List<String> found = new ArrayList<>();
        // What is planted does not always compile; the listener keeps that from being printed.
        var javac = (JavacTask) ToolProvider.getSystemJavaCompiler().getTask(null, null,
                problem -> {}, List.of("-proc:none"), null, List.of(inMemory(source)));
        SourcePositions positions = Trees.instance(javac).getSourcePositions();
        for (CompilationUnitTree unit : parse(javac)) {
            LineMap lines = unit.getLineMap();
            new TreeScanner<Void, Void>() {
                @Override
                public Void visitMethod(MethodTree method, Void nothing) {
                    BlockTree body = method.getBody();
                    if (body != null) {
                        long first = lines.getLineNumber(positions.getStartPosition(unit, body));
                        long last = lines.getLineNumber(positions.getEndPosition(unit, body));
                        long count = last - first + 1;
                        if (count > METHOD_LINES_MAX) {
                            found.add(name + ":" + first + ": method " + method.getName() + " has "
                                    + count + " lines, at most " + METHOD_LINES_MAX
                                    + ": give its steps names of their own");
                        }
                    }
                    return super.visitMethod(method, null);
                }
            }.scan(unit, null);
        }
        return found;
    }

    private static Iterable<? extends CompilationUnitTree> parse(JavacTask javac) {
        try {
            return javac.parse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject inMemory(String source) {
        return new SimpleJavaFileObject(URI.create("string:///Source.java"), Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }

    /** Of every module: a folder with a {@code pom.xml}, in the project or one floor below. */
    private static List<Path> mainSources(Path project) throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> poms = Files.find(project, 3, (path, x) -> path.endsWith("pom.xml"))) {
            for (Path pom : poms.toList()) {
                Path sources = pom.resolveSibling(Path.of("src", "main", "java"));
                if (Files.exists(sources)) {
                    try (Stream<Path> all = Files.walk(sources)) {
                        all.filter(path -> path.toString().endsWith(".java")).forEach(files::add);
                    }
                }
            }
        }
        return files;
    }

    /** The folder that holds the wrapper, from wherever below it the test is run. */
    private static Path project() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
