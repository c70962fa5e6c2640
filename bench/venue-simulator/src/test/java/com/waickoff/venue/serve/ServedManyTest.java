package com.waickoff.venue.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.waickoff.venue.GeneratedListings;
import com.waickoff.venue.Venue;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.market.MarketSettings;
import com.waickoff.venue.recording.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A venue of a thousand instruments. */
class ServedManyTest {
    private static final int COUNT = 1_000;

    @ParameterizedTest
    @EnumSource
    void shouldListThemAll(Venue venue) throws Exception {
        try (VenueServer server = open(venue)) {
            List<String> symbols = venue.isBybit()
                    ? pages(server, venue)
                    : symbols(Json.parse(TestClient.body(
                            server.httpUri(BinanceRest.prefix(venue) + "exchangeInfo")))
                            .get("symbols"));

            assertThat(symbols).hasSize(COUNT).doesNotHaveDuplicates()
                    .contains("COIN0001" + venue.symbolEnd(), "COIN1000" + venue.symbolEnd());
        }
    }

    @Test
    void shouldTellOfEachAndMostOfTheFirst() throws IOException {
        List<Listing> listings = GeneratedListings.of(Venue.BINANCE_USDM, COUNT);
        String streams = listings.stream()
                .map(listing -> listing.symbol().toLowerCase(Locale.ROOT) + "@depth@0ms")
                .collect(Collectors.joining("/"));
        try (VenueServer server = open(Venue.BINANCE_USDM);
                RawClient client = new RawClient(server.port(), "/public/stream?streams="
                        + streams)) {
            Map<String, Integer> frames = new TreeMap<>();
            while (frames.size() < COUNT) {
                frames.merge(Json.parse(client.next().text()).get("stream").value(), 1,
                        Integer::sum);
            }
            assertThat(frames.get("coin0001usdt@depth@0ms"))
                    .isGreaterThan(20 * frames.get("coin0500usdt@depth@0ms"));
            assertThat(server.counts().peak(Limit.STREAMS_PER_CONNECTION)).isEqualTo(COUNT);
            assertThat(server.counts().violations()).isEmpty();
        }
    }

    @Test
    void shouldTellOnlyTheStreamsThatAreWanted() {
        SyntheticSource source = SyntheticSource.builder(Venue.BYBIT_LINEAR, 1)
                .symbols("BTCUSDT").streams(List.of("publicTrade.", "orderbook.50.")).build();

        assertThat(source.streams()).containsExactlyInAnyOrder("publicTrade.BTCUSDT",
                "orderbook.50.BTCUSDT");
    }

    private static List<String> pages(VenueServer server, Venue venue) throws Exception {
        List<String> symbols = new ArrayList<>();
        String cursor = "";
        do {
            Json result = Json.parse(TestClient.body(server.httpUri(
                    "/v5/market/instruments-info?category=" + venue.category() + "&limit=300"
                            + "&cursor=" + cursor)))
                    .get("result");
            symbols.addAll(symbols(result.get("list")));
            cursor = result.has("nextPageCursor") ? result.get("nextPageCursor").value() : "";
        } while (!cursor.isEmpty());
        return symbols;
    }

    private static List<String> symbols(Json list) {
        return list.list().stream().map(symbol -> symbol.get("symbol").value()).toList();
    }

    private static VenueServer open(Venue venue) throws IOException {
        MarketSettings busiest = MarketSettings.thin();
        SyntheticSource source = SyntheticSource.builder(venue, 12)
                .listings(GeneratedListings.of(venue, COUNT))
                .markets(number -> GeneratedListings.market(busiest, 1, number))
                .streams(venue.isBybit()
                        ? List.of("publicTrade.", "orderbook.50.")
                        : List.of("@trade", "@depth@100ms", "@depth@0ms"))
                .build();
        return VenueServer.builder(source).limits(VenueLimits.of(venue))
                .play(PlaySettings.standard().unlimited().startingOnFirstSubscription()).open();
    }
}
