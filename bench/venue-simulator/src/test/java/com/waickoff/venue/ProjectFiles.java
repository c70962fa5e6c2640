package com.waickoff.venue;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Where tests find files, and how they read them. */
public final class ProjectFiles {
    private ProjectFiles() {}

    /** The folder that holds the build's wrapper. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
            if (folder == null) {
                throw new IllegalStateException("the tests must run inside the project");
            }
        }
        return folder;
    }

    /** A file of the shared recordings of real venues; the test is skipped where there are none. */
    public static Path sharedRecording(String name) {
        Path file = root().resolveSibling("shared").resolve("recordings").resolve(name);
        assumeTrue(Files.exists(file), "skipped: no recordings of real venues beside the project");
        return file;
    }

    /** Bytes of a file, unpacked if its name ends in {@code .gz}. */
    public static byte[] bytes(Path file) throws IOException {
        try (InputStream in = open(file)) {
            return in.readAllBytes();
        }
    }

    /** Lines of a file, unpacked if its name ends in {@code .gz}. */
    public static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
    }
}
