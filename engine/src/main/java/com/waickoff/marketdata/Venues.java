package com.waickoff.marketdata;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.feed.FeedPorts;
import com.waickoff.marketdata.feed.Venue;
import com.waickoff.marketdata.feed.VenueFeed;
import com.waickoff.marketdata.feed.VenueProtocol;
import com.waickoff.marketdata.feed.binance.BinanceFeed;
import com.waickoff.marketdata.feed.binance.BinanceSettings;
import com.waickoff.marketdata.feed.bybit.BybitFeed;
import com.waickoff.marketdata.feed.bybit.BybitSettings;
import com.waickoff.marketdata.replay.RecordingSurvey;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which protocol speaks which venue's language. */
public final class Venues {
    /** The venues this program can decode. */
    public static final Set<Venue> BUILT = EnumSet.allOf(Venue.class);

    /** So many deep snapshots are within the weight of REST requests of a minute. */
    private static final int FEW_INSTRUMENTS = 16;
    private static final int SOME_INSTRUMENTS = 100;

    private Venues() {}

    /**
     * The protocol of a venue for a recording.
     *
     * @param instruments defined beside it; without any, the recording's own metadata defines the
     *     symbols that the survey found
     */
    static VenueProtocol forRecording(Venue venue, FeedPorts ports, List<Instrument> instruments,
            RecordingSurvey survey) {
        List<String> symbols = instruments.isEmpty() ? survey.symbols()
                : instruments.stream().map(Instrument::symbol).toList();
        return switch (venue) {
            case BYBIT_LINEAR, BYBIT_SPOT, BYBIT_INVERSE ->
                new BybitFeed(venue, ports, BybitSettings.of(symbols), instruments);
            case BINANCE_SPOT, BINANCE_USDM, BINANCE_COINM -> new BinanceFeed(venue, ports,
                    BinanceSettings.ofRecording(symbols, survey.holdsTrades()
                            ? BinanceSettings.Tape.TRADE : BinanceSettings.Tape.AGG_TRADE),
                    instruments);
        };
    }

    /**
     * The protocol of a venue for its live feed.
     *
     * @param definitions of the configuration, for instruments whose metadata is not to be asked for
     * @param remembered wanted ones that an earlier run knew
     */
    static VenueProtocol live(VenueConfig config, FeedPorts ports, List<Instrument> definitions,
            List<Instrument> remembered) {
        Venue venue = config.venue();
        List<Instrument> defined = definitions.stream()
                .filter(instrument -> instrument.venue().equals(venue.code())
                        && config.symbols().contains(instrument.symbol()))
                .toList();
        int maxFrameBytes = config.line().maxFrameBytes();
        VenueFeed<?> feed = switch (venue) {
            case BYBIT_LINEAR, BYBIT_SPOT, BYBIT_INVERSE -> new BybitFeed(venue, ports,
                    new BybitSettings(config.symbols(),
                            Integer.parseInt(config.books()), BybitSettings.DEFAULT_RECENT_TRADES,
                            maxFrameBytes),
                    config.wishes(), defined);
            case BINANCE_SPOT, BINANCE_USDM, BINANCE_COINM -> new BinanceFeed(venue, ports,
                    new BinanceSettings(config.symbols(),
                            config.aggregated() ? BinanceSettings.Tape.AGG_TRADE
                                    : BinanceSettings.Tape.TRADE,
                            config.books(), snapshotLevels(config),
                            BinanceSettings.DEFAULT_BUFFER_BYTES, maxFrameBytes),
                    config.wishes(), defined);
        };
        feed.watchStreams(config.streams());
        feed.recall(remembered);
        return feed;
    }

    /**
     * Deep where there are few: levels beyond a snapshot are unknown until they change. Where there
     * are many, the weight of REST requests makes them wait for each other for minutes.
     */
    private static int snapshotLevels(VenueConfig config) {
        int instruments = config.mostInstruments();
        if (instruments <= FEW_INSTRUMENTS) {
            return BinanceSettings.MOST_SNAPSHOT_LEVELS;
        }
        return instruments <= SOME_INSTRUMENTS ? BinanceSettings.DEFAULT_SNAPSHOT_LEVELS
                : BinanceSettings.DEFAULT_SNAPSHOT_LEVELS / 2;
    }
}
