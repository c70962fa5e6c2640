package com.waickoff.marketdata.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The programs of a demo: a simulated venue, an engine that collects what it sends, and a drain that
 * stores it.
 *
 * <pre>
 *   simulate ──ports──► demo ──configuration──► run ──► snapshot and status file ──► demo
 *                                                └──► journal ──► drain ──► its status file ──► demo
 * </pre>
 *
 * <p>Threads: one.
 */
final class DemoPrograms implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile(
            "\"tlsPort\":(\\d+),\"ws\":\"(ws://[^\"]*)\",\"http\":\"(http://[^\"]*)\"");

    /** Orders and cancels a second: a lively day. */
    private static final String RATE = "2000";

    private final String launcher;
    private final DemoHome home;
    private final String venue;
    private final String symbol;
    private final boolean tls;
    private final Path address;
    private final Path config;
    private final DemoStorage storage;
    private final ChildProgram venueProgram;
    private @Nullable ChildProgram engine;
    private String from = "";

    /**
     * Starts the venue.
     *
     * @param launcher the program by which commands are started
     * @param tls whether the engine is to speak TLS with it
     */
    DemoPrograms(String launcher, DemoHome home, String venue, String symbol, boolean tls)
            throws CommandException {
        this.launcher = launcher;
        this.home = home;
        this.venue = venue;
        this.symbol = symbol;
        this.tls = tls;
        address = home.file("venue.json");
        config = home.file("demo.yaml");
        storage = new DemoStorage(launcher, home, config);
        List<String> command = new ArrayList<>(List.of(launcher, "simulate", "--synthetic",
                "--venue", venue, "--instruments", symbol, "--rate", RATE, "--start-on-subscribe",
                "--hold",
                "--end-with-stdin"));
        if (tls) {
            command.addAll(List.of("--tls", "--ca-out", authority().toString()));
        }
        venueProgram = ChildProgram.start("simulated venue", command, home.file(""), address,
                home.file("venue.log"));
    }

    private Path authority() {
        return home.file("authority.pem");
    }

    /**
     * Sees to it that all that can run by now does run: the engine once the venue listens.
     *
     * @throws CommandException if a program has come to its end
     */
    void tend() throws IOException, CommandException {
        if (!venueProgram.isAlive()) {
            throw venueProgram.ended();
        }
        ChildProgram started = engine;
        if (started == null) {
            Matcher told = ADDRESS.matcher(Files.readString(address));
            if (told.find()) {
                engine = startEngine(told);
            }
        } else if (!started.isAlive()) {
            throw started.ended();
        }
    }

    private ChildProgram startEngine(Matcher told) throws IOException, CommandException {
        String webSocket = tls ? secure(told.group(2), told.group(1)) : told.group(2);
        String rest = tls ? secure(told.group(3), told.group(1)) : told.group(3);
        from = webSocket;
        Files.writeString(config, """
                pipeline:
                  threads: inline
                feeds:
                  %s:
                    instruments: %s
                    websocket-url: %s
                    rest-url: %s
                    proxy: none
                """.formatted(venue, quoted(symbol), quoted(webSocket), quoted(rest))
                + (tls ? "  tls:\n    ca-file: " + quoted(authority().toString()) + '\n' : ""));
        Path log = home.file("engine.log");
        return ChildProgram.start("engine", List.of(launcher, "run", "--config",
                config.toString(), "--data-dir", home.data().toString(), "--end-with-stdin"),
                home.file(""), log, log);
    }

    private static String secure(String plain, String tlsPort) {
        return plain.replaceFirst("^ws:", "wss:").replaceFirst("^http:", "https:")
                .replaceFirst(":\\d+", ':' + tlsPort);
    }

    private static String quoted(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** What is stored; begins when it is tended, so that it need not delay the market. */
    DemoStorage storage() {
        return storage;
    }

    /** How far the start has come, in words. */
    List<String> progress() {
        return engine == null ? List.of("a simulated venue is starting …")
                : List.of("a simulated venue listens at " + from, "the engine is starting …");
    }

    /** The last words of all, where they come to nothing. */
    String lastWords() throws IOException {
        ChildProgram started = engine;
        return "the venue's log:\n" + venueProgram.lastWords()
                + (started == null ? "" : "\nthe engine's log:\n" + started.lastWords());
    }

    /**
     * Ends the engine.
     *
     * @throws CommandException if something went wrong with that
     */
    void end() throws IOException, CommandException {
        if (engine != null) {
            engine.end();
        }
    }

    /** Ends the engine, the drain, and then the venue. */
    @Override
    public void close() throws IOException {
        try (venueProgram; storage) {
            if (engine != null) {
                engine.close();
            }
        }
    }
}
