package com.waickoff.venue.serve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a venue remembers of what it has told: books, and the last trades. Belongs to the event loop.
 */
final class KeptMarket {
    private static final int MOST_TEXTS = 20_000;
    private static final int MOST_TEXT_BYTES = 8 << 20;
    private static final int LEAST_TEXT_BYTES = 64 << 10;
    /** Of the tapes of all symbols. */
    private static final int MOST_BYTES = 192 << 20;
    /** Streams of differences, the one that is told most often first. */
    private static final List<String> FINEST = List.of("@depth@0ms", "@depth@100ms", "@depth@250ms",
            "@depth@500ms", "@depth");

    /** What is done with the frames of a stream. */
    @FunctionalInterface
    private interface Keeper {
        void keep(byte[] bytes, int start, int length);
    }

    private final List<@Nullable Keeper> keepers = new ArrayList<>();
    private final Map<String, KeptTopic> topics = new HashMap<>();
    private final Map<String, KeptTopic> deepestTopics = new HashMap<>();
    private final Map<String, KeptDifferences> differences = new HashMap<>();
    private final Map<String, KeptTape> trades = new HashMap<>();
    private final Map<String, KeptTape> aggregates = new HashMap<>();
    private final int mostTextBytes;

    KeptMarket(MarketStreams streams) {
        long tapes = streams.all().stream().filter(stream -> stream.kind().isTape()).count();
        mostTextBytes = Math.clamp(MOST_BYTES / Math.max(1, tapes), LEAST_TEXT_BYTES,
                MOST_TEXT_BYTES);
        for (MarketStream stream : streams.all()) {
            if (stream.kind() == StreamKind.AGGREGATES) {
                aggregates.put(stream.symbol(), new KeptTape(MOST_TEXTS, mostTextBytes, false));
            }
        }
        Map<String, MarketStream> finest = new HashMap<>();
        for (String suffix : FINEST) {
            for (MarketStream stream : streams.all()) {
                if (stream.kind() == StreamKind.DIFFERENCES && stream.name().endsWith(suffix)) {
                    finest.putIfAbsent(stream.symbol(), stream);
                }
            }
        }
        for (MarketStream stream : streams.all()) {
            keepers.add(keeper(stream, finest.get(stream.symbol()) == stream));
        }
    }

    /** Takes what has been told on a stream, the bare payload. */
    void onFrame(int stream, byte[] bytes, int start, int length) {
        Keeper keeper = keepers.get(stream);
        if (keeper != null) {
            keeper.keep(bytes, start, length);
        }
    }

    /** Takes a recorded answer to a request for a book. */
    void onAnswer(String symbol, byte[] bytes, int start, int length) {
        KeptDifferences kept = differences.get(symbol);
        if (kept != null) {
            kept.onAnswer(bytes, start, length);
        }
    }

    /** The book of a topic, or null if it has none. */
    @Nullable
    KeptTopic topic(String name) {
        return topics.get(name);
    }

    /** The deepest book of a symbol that begins by itself, or null. */
    @Nullable
    KeptTopic deepestTopic(String symbol) {
        return deepestTopics.get(symbol);
    }

    /** The book of a symbol that is told by differences, or null. */
    @Nullable
    KeptDifferences differences(String symbol) {
        return differences.get(symbol);
    }

    /** The last trades of a symbol, or null if it has no stream of them. */
    @Nullable
    KeptTape trades(String symbol) {
        return trades.get(symbol);
    }

    /** The last aggregates of a symbol, or null if it has no stream of them. */
    @Nullable
    KeptTape aggregates(String symbol) {
        return aggregates.get(symbol);
    }

    private @Nullable Keeper keeper(MarketStream stream, boolean finest) {
        String symbol = stream.symbol();
        return switch (stream.kind()) {
            case TRADES -> trades.computeIfAbsent(symbol, _ -> new KeptTape(MOST_TEXTS,
                    mostTextBytes, !aggregates.containsKey(symbol)))::add;
            case AGGREGATES -> aggregates.computeIfAbsent(symbol,
                    _ -> new KeptTape(MOST_TEXTS, mostTextBytes, false))::add;
            case BOOK -> {
                KeptTopic topic = new KeptTopic(stream);
                topics.put(stream.name(), topic);
                KeptTopic deepest = deepestTopics.get(symbol);
                if (deepest == null || deepest.depth() < stream.depth()) {
                    deepestTopics.put(symbol, topic);
                }
                yield topic::onFrame;
            }
            case DIFFERENCES -> finest
                    ? differences.computeIfAbsent(symbol, _ -> new KeptDifferences())::onDifference
                    : null;
            case PARTIAL_BOOK, BEST_PRICES, OTHER -> null;
        };
    }
}
