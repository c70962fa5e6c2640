package com.waickoff.marketdata;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real frames of real venues, where they lie beside the project; they are not part of it. */
public final class SharedRecordings {
    private SharedRecordings() {}

    /** The directory of the recordings; the calling test is skipped where there is none. */
    public static Path directory() {
        Path directory = projectRoot().resolve("../shared/recordings").normalize();
        assumeTrue(Files.isDirectory(directory),
                "skipped: there are no recordings of real venues beside the project");
        return directory;
    }

    /** A file of the recordings; the calling test is skipped where it is absent. */
    public static Path file(String name) {
        Path file = directory().resolve(name);
        assumeTrue(Files.exists(file), "skipped: there is no " + name + " beside the project");
        return file;
    }

    /** The directory that holds the Maven wrapper. */
    public static Path projectRoot() {
        Path directory = Path.of("").toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
            if (directory == null) {
                throw new IllegalStateException("tests run below the project's root");
            }
        }
        return directory;
    }
}
