package com.waickoff.marketdata.storage.mongo;

import com.waickoff.marketdata.storage.embedded.EmbeddedMongo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The embedded store in a process of its own, to be killed. */
final class StoreProcess implements AutoCloseable {
    private final Process process;
    private final String uri;

    private StoreProcess(Process process, String uri) {
        this.process = process;
        this.uri = uri;
    }

    /** Directory and port; ends with its standard input. */
    public static void main(String[] args) throws Exception {
        try (EmbeddedMongo store = EmbeddedMongo.open(Path.of(args[0]),
                Integer.parseInt(args[1]))) {
            System.out.println(store.uri());
            System.in.transferTo(System.err);
        }
    }

    static StoreProcess start(Path directory, int port) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(java, "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow", "-cp",
                System.getProperty("java.class.path"), StoreProcess.class.getName(),
                directory.toString(), Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.startsWith("mongodb://")) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the store did not start");
        }
        drain(lines);
        return new StoreProcess(process, line);
    }

    /** What it logs goes nowhere, but must not fill the pipe: it would stop for ever. */
    private static void drain(BufferedReader lines) {
        Thread.ofVirtual().start(() -> lines.lines().forEach(line -> {
        }));
    }

    String uri() {
        return uri;
    }

    int port() {
        return Integer.parseInt(uri.substring(uri.lastIndexOf(':') + 1));
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
