package com.waickoff.venue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.venue.recording.Json;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServeVenueTest {
    private static final int PATIENCE_S = 120;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void shouldTellItsPortsAndServeUntilItIsToldToEnd(Venue venue) throws Exception {
        Process process = start("--synthetic", "--venue", venue.label(), "--end-with-stdin",
                "--tls",
                "--ca-out", folder.resolve("ca.pem").toString(), "--port", "0");
        try (BufferedReader out = process.inputReader()) {
            Json ports = Json.parse(out.readLine());

            assertThat(ports.get("venue").value()).isEqualTo(venue.label());
            assertThat(ports.get("ws").value())
                    .isEqualTo("ws://127.0.0.1:" + ports.get("port").value());
            assertThat(Integer.parseInt(ports.get("tlsPort").value())).isPositive();
            assertThat(get(ports, switch (venue) {
                case BYBIT_LINEAR, BYBIT_INVERSE, BYBIT_SPOT -> "/v5/market/time";
                case BINANCE_USDM -> "/fapi/v1/time";
                case BINANCE_COINM -> "/dapi/v1/time";
                case BINANCE_SPOT -> "/api/v3/time";
            })).matches(".*\\d{10}.*");
            process.getOutputStream().close();
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).isNull();
            assertThat(folder.resolve("ca.pem")).content().contains("BEGIN CERTIFICATE");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldServeUntilItsTimeIsOver() throws Exception {
        Process process = start("--synthetic", "--venue", "binance-spot", "--hold", "--seconds",
                "1");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).contains("\"port\":");
            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldStopOnASignal() throws Exception {
        Process process = start("--synthetic", "--venue", "binance-spot", "--hold");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).contains("\"port\":");
            process.destroy();

            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldEndWithItsStandardInput() throws Exception {
        Process process = start("--synthetic", "--venue", "binance-spot", "--hold",
                "--end-with-stdin");
        try (BufferedReader out = process.inputReader();
                OutputStream in = process.getOutputStream()) {
            assertThat(out.readLine()).contains("\"port\":");
            in.write('\n');
            in.flush();
            in.close();

            assertThat(process.waitFor(PATIENCE_S, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void shouldEndWithTheRecording() throws Exception {
        Path recording = folder.resolve("short.frames.tsv.gz");
        MakeRecording.run(new String[]{"--venue", "bybit-linear", "--seconds", "2", "--out",
                recording.toString()}, new PrintStream(new ByteArrayOutputStream(), false,
                        StandardCharsets.UTF_8));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        ServeVenue.run(new String[]{"--recording", recording.toString(), "--speed", "max"},
                InputStream.nullInputStream(), new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(report, true, StandardCharsets.UTF_8));

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"venue\":\"bybit-linear\"")
                .containsPattern("\n\\{\"played\":[1-9]\\d*,\"timeShiftMs\":0}\n$");
        assertThat(report.toString(StandardCharsets.UTF_8)).contains("ended=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--synthetic", "--venue bybit-linear", "--recording no-such-file",
            "--synthetic --venue nowhere", "--synthetic --venue binance-spot --speed 0",
            "--synthetic --venue binance-spot --speed fast",
            "--synthetic --venue binance-spot --times never",
            "--synthetic --venue binance-spot --port 70000",
            "--synthetic --venue binance-spot --faults drop=2",
            "--synthetic --venue binance-spot --limits speed=3",
            "--synthetic --venue binance-spot --limits messages",
            "--synthetic --venue binance-spot --close-code 7",
            "--synthetic --venue binance-spot --truth dir",
            "--synthetic --venue binance-spot --seed x",
            "--synthetic --venue binance-spot --pace x",
            "--recording pom.xml --truth dir --market-seconds 5", "--dance", "--port"})
    void shouldRefuseArgumentsThatMakeNoSense(String args) {
        assertThatThrownBy(() -> run(args.split(" ", -1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldSayWhatIsWrongWithARecording() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.tsv"), "1\tR\t{}\nnonsense\n");
        Path empty = Files.writeString(folder.resolve("empty.tsv"), "1\tR\t{}\n");

        assertThatThrownBy(() -> run("--recording", broken.toString()))
                .isInstanceOf(IOException.class).hasMessageContaining("line 2");
        assertThatThrownBy(() -> run("--recording", empty.toString()))
                .isInstanceOf(IOException.class).hasMessageContaining("no frame");
    }

    @Test
    void shouldSayThatAPortIsInUse() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> run("--synthetic", "--venue", "binance-spot", "--port",
                    Integer.toString(taken.getLocalPort()))).isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
    }

    @Test
    void shouldExplainItself() throws Exception {
        assertThat(run("--help")).startsWith("Usage: waickoff simulate");
        assertThat(run()).startsWith("Usage: waickoff simulate");
        assertThat(run("--help").lines()).allMatch(line -> line.length() <= 90);
    }

    private static String run(String... args) throws Exception {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(report, true, StandardCharsets.UTF_8);
        ServeVenue.run(args, InputStream.nullInputStream(), print, print);
        return report.toString(StandardCharsets.UTF_8);
    }

    private static String get(Json ports, String path) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI uri = URI.create(ports.get("http").value() + path);
            return client.send(HttpRequest.newBuilder(uri).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--sun-misc-unsafe-memory-access=allow");
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(ServeVenue.class.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
