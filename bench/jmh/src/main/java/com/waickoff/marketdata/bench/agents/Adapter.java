package com.waickoff.marketdata.bench.agents;

import com.waickoff.marketdata.bench.Launcher;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code waickoff mcp --http} as a process of its own, on a free port of loopback. It ends with this
 * process.
 */
final class Adapter implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("listens on (http://\\S+/)mcp");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");
    private static final double BYTES_A_MIB = 1 << 20;
    private static final long POLL_MS = 20;

    private final Process process;
    private final URI root;

    /**
     * Starts it, and returns when it listens.
     *
     * @param directory of the engine's data
     * @param log takes what it says
     * @param settings {@code key=value} each
     */
    Adapter(Path directory, Path log, String... settings)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("mcp", "--http", "--port", "0",
                "--end-with-stdin", "--data-dir", directory.toString()));
        for (String setting : settings) {
            words.addAll(List.of("--set", setting));
        }
        process = start(words, log);
        root = awaitAddress(log);
    }

    /** The same as a process that has standard input and output. */
    static Process overStdio(Path directory, Path log) throws IOException {
        ProcessBuilder builder = Launcher.command("mcp", "--data-dir", directory.toString())
                .redirectError(log.toFile());
        builder.environment().put("WAICKOFF_AOT", "off");
        return builder.start();
    }

    private static Process start(List<String> words, Path log) throws IOException {
        ProcessBuilder builder = Launcher.command(words.toArray(String[]::new))
                .redirectErrorStream(true).redirectOutput(log.toFile());
        // No cache is made in the background of what is measured.
        builder.environment().put("WAICKOFF_AOT", "off");
        return builder.start();
    }

    private URI awaitAddress(Path log) throws IOException, InterruptedException {
        while (process.isAlive()) {
            Matcher address = ADDRESS.matcher(Files.readString(log));
            if (address.find()) {
                return URI.create(address.group(1));
            }
            Thread.sleep(POLL_MS);
        }
        throw new IOException("the adapter ended: " + Files.readString(log));
    }

    /** Where a path such as {@code mcp} or {@code metrics} is. */
    URI at(String path) {
        return root.resolve(path);
    }

    /** What the heap holds after a collection of all of it, in MiB. */
    double heapAfterCollectionMiB() throws IOException {
        Process jcmd = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(process.pid()), "GC.class_histogram").redirectErrorStream(true)
                .start();
        try (InputStream words = jcmd.getInputStream()) {
            String text = new String(words.readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = TOTAL.matcher(text);
            if (!total.find()) {
                throw new IOException("jcmd said: " + text);
            }
            return Long.parseLong(total.group(1)) / BYTES_A_MIB;
        }
    }

    /** How many subscribers it has dropped, as its metrics say. */
    long droppedSubscribers(HttpClient client) throws IOException, InterruptedException {
        return metric(client, "waickoff_mcp_subscribers_dropped_total");
    }

    /** How many sessions it has, as its metrics say. */
    long sessions(HttpClient client) throws IOException, InterruptedException {
        return metric(client, "waickoff_mcp_sessions");
    }

    private long metric(HttpClient client, String name) throws IOException, InterruptedException {
        Matcher metric = Pattern.compile("(?m)^" + name + " (\\d+)").matcher(client.send(
                HttpRequest.newBuilder(at("metrics")).build(), BodyHandlers.ofString()).body());
        return metric.find() ? Long.parseLong(metric.group(1)) : 0;
    }

    @Override
    public void close() {
        Launcher.end(process);
    }
}
