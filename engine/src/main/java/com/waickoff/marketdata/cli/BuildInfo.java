package com.waickoff.marketdata.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built, as the build wrote it down.
 *
 * @param version of the project
 * @param commit abbreviated hash; {@code unknown} where it was not built from a clone
 */
record BuildInfo(String version, String commit) {
    private static final String RESOURCE = "build.properties";
    private static final String UNKNOWN = "unknown";

    /** The build of the running program. */
    static BuildInfo read() {
        Properties properties = new Properties();
        try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BuildInfo(properties.getProperty("version", UNKNOWN), commit(properties));
    }

    private static String commit(Properties properties) {
        String commit = properties.getProperty("commit", "");
        boolean filled = !commit.isEmpty() && !commit.startsWith("$");
        boolean dirty = properties.getProperty("dirty", "").equals("true");
        return !filled ? UNKNOWN : dirty ? commit + ", with uncommitted changes" : commit;
    }
}
