package com.waickoff.marketdata.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Benchmarks in rounds: each round runs every one of them once, in a JVM of its own; what is printed
 * are the medians of the rounds. So a machine that is slow for a minute slows all of them, and their
 * ratios stay what they are.
 *
 * <pre>
 *   java @config/jvm/common.options -cp bench/jmh/target/benchmarks.jar \
 *       com.waickoff.marketdata.bench.Rounds 5 TradeKernel [options of JMH]
 *
 *   cpu       CPU time of the benchmark's threads, ns for an operation
 *   wall      time by the clock on the wall
 *   bytes     allocated for an operation
 *   x least   CPU time as a multiple of the least with the same parameters
 * </pre>
 */
public final class Rounds {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final Map<String, Row> rows = new TreeMap<>();

    private static final class Row {
        private final String group;
        private final List<Double> cpu = new ArrayList<>();
        private final List<Double> wall = new ArrayList<>();
        private final List<Double> bytes = new ArrayList<>();

        Row(String group) {
            this.group = group;
        }
    }

    private Rounds() {}

    /** Runs and prints. */
    public static void main(String[] args) throws RunnerException, CommandLineOptionException {
        if (args.length < 2) {
            System.err.println("Usage: Rounds ROUNDS BENCHMARK [options of JMH]");
            System.exit(2);
        }
        int count = Integer.parseInt(args[0]);
        Options options = new OptionsBuilder()
                .parent(new CommandLineOptions(Arrays.copyOfRange(args, 1, args.length))).forks(1)
                .shouldFailOnError(true).verbosity(VerboseMode.SILENT)
                .addProfiler(GCProfiler.class).addProfiler(CpuTimeProfiler.class).build();
        Rounds rounds = new Rounds();
        for (int round = 1; round <= count; round++) {
            System.err.println("round " + round + " of " + count);
            new Runner(options).run().forEach(rounds::add);
        }
        rounds.print(count);
    }

    private void add(RunResult result) {
        BenchmarkParams benchmark = result.getParams();
        StringBuilder parameters = new StringBuilder();
        for (String key : benchmark.getParamsKeys()) {
            parameters.append(' ').append(key).append('=').append(benchmark.getParam(key));
        }
        String method = benchmark.getBenchmark();
        String name = method.substring(method.lastIndexOf('.', method.lastIndexOf('.') - 1) + 1);
        Row row = rows.computeIfAbsent(parameters + " " + name,
                unused -> new Row(parameters.toString()));
        row.wall.add(result.getPrimaryResult().getScore());
        row.cpu.add(secondary(result, CpuTimeProfiler.LABEL));
        row.bytes.add(secondary(result, ALLOCATED));
    }

    private static double secondary(RunResult result, String label) {
        Result<?> found = result.getSecondaryResults().get(label);
        return found == null ? Double.NaN : found.getScore();
    }

    private void print(int count) {
        System.out.printf("medians of %d rounds%n%-64s %12s %12s %10s %8s%n", count, "", "cpu ns",
                "wall ns", "bytes", "x least");
        rows.forEach((name, row) -> {
            double cpu = median(row.cpu);
            double least = rows.values().stream().filter(other -> other.group.equals(row.group))
                    .mapToDouble(other -> median(other.cpu)).min().orElse(cpu);
            System.out.printf(Locale.ROOT, "%-64s %12.1f %12.1f %10.3f %8.2f%n", name.strip(), cpu,
                    median(row.wall), median(row.bytes), cpu / least);
        });
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
