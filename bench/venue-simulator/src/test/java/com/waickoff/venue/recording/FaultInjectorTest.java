package com.waickoff.venue.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.waickoff.venue.DeliveredTape;
import com.waickoff.venue.RecordingReader;
import com.waickoff.venue.TrueTape;
import com.waickoff.venue.Venue;
import com.waickoff.venue.VenueSession;
import com.waickoff.venue.market.Listing;
import com.waickoff.venue.reference.ReferenceExport;
import com.waickoff.venue.reference.ReferenceTrade;
import com.waickoff.venue.wire.FrameContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultInjectorTest {
    private static final long SECOND_NS = 1_000_000_000;

    /** A recording with faults, what was injected, and what should be read of it. */
    private record Outcome(List<String> lines, List<InjectedFault> faults, RecordingReader reader,
            TrueTape truth, DeliveredTape delivered) {}

    @ParameterizedTest
    @MethodSource("venuesAndFaults")
    void shouldInjectWhatItTells(Venue venue, Fault fault) throws IOException {
        Outcome outcome = play(venue, 5, FaultRates.of(0.2, fault));

        assertThat(outcome.faults).hasSizeGreaterThan(20)
                .allMatch(injected -> injected.fault() == fault);
        assertThat(outcome.reader.receiveTimesGoBack()).isFalse();
        // A reader that knows the venue ends with what was delivered, nothing else.
        assertThat(ReferenceExport.windows(outcome.reader.tape().windows()))
                .isEqualTo(ReferenceExport.windows(outcome.delivered.tape().windows()));
        if (fault.lossy()) {
            assertThat(outcome.delivered.tape().size()).isLessThan(outcome.truth.tape().size());
        } else {
            assertThat(trades(outcome.delivered, venue)).isEqualTo(trades(outcome.truth, venue));
        }
    }

    static Stream<Arguments> venuesAndFaults() {
        // Binance tells a trade a frame: nothing to shuffle.
        return Arrays.stream(Venue.values())
                .flatMap(venue -> Arrays.stream(Fault.values())
                        .filter(fault -> fault != Fault.SHUFFLE || venue.isBybit())
                        .map(fault -> Arguments.of(venue, fault)));
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveTheBookAloneWhereNothingIsLost(Venue venue) throws IOException {
        Fault[] harmless = Arrays.stream(Fault.values()).filter(fault -> !fault.lossy()
                && fault != Fault.DUPLICATE).toArray(Fault[]::new);
        Outcome outcome = play(venue, 6, FaultRates.of(0.1, harmless));
        Outcome clean = play(venue, 6, FaultRates.none());

        assertThat(outcome.faults).hasSizeGreaterThan(100);
        assertThat(outcome.reader.brokenChains()).isZero();
        assertThat(ReferenceExport.books(outcome.reader.books()))
                .isEqualTo(ReferenceExport.books(clean.reader.books()));
    }

    @Test
    void shouldBreakAsManyFramesAsItTells() throws IOException {
        Outcome unreadable = play(Venue.BYBIT_LINEAR, 7,
                FaultRates.of(0.1, Fault.TRUNCATE, Fault.GARBAGE));
        assertThat(unreadable.reader.unreadable()).isEqualTo(unreadable.faults.size());

        Outcome unfitting = play(Venue.BINANCE_USDM, 8, FaultRates.of(0.1, Fault.MISFIT));
        assertThat(unfitting.reader.unfitting()).isEqualTo(unfitting.faults.size());

        Outcome twice = play(Venue.BINANCE_SPOT, 9, FaultRates.of(0.1, Fault.DUPLICATE));
        assertThat(twice.reader.duplicates()).isEqualTo((int) twice.faults.stream()
                .filter(fault -> fault.content() == FrameContent.TRADES).count());
    }

    @Test
    void shouldNameTheLineThatBearsTheFault() throws IOException {
        Outcome outcome = play(Venue.BYBIT_LINEAR, 10, FaultRates.of(0.05, Fault.GARBAGE,
                Fault.LATE, Fault.SWAP, Fault.DUPLICATE, Fault.WHITE_SPACE));

        for (InjectedFault fault : outcome.faults) {
            String line = outcome.lines.get((int) fault.line() - 1);
            assertThat(line).startsWith(Long.toString(fault.receiveTimeNs()));
            switch (fault.fault()) {
                case GARBAGE -> assertThatThrownBy(() -> Json.parse(line.split("\t", 3)[2]))
                        .isInstanceOf(IllegalArgumentException.class);
                case WHITE_SPACE -> assertThat(line).contains("\tR\t{ ");
                case DUPLICATE ->
                    assertThat(line).isEqualTo(outcome.lines.get((int) fault.line() - 2));
                default -> assertThat(line).contains("publicTrade");
            }
        }
    }

    @Test
    void shouldDelayLateTradesBySeconds() throws IOException {
        Outcome outcome = play(Venue.BYBIT_LINEAR, 11, FaultRates.of(0.1, Fault.LATE));

        List<Long> delaysMs = new ArrayList<>();
        for (InjectedFault fault : outcome.faults) {
            Json frame = Json
                    .parse(outcome.lines.get((int) fault.line() - 1).split("\t", 3)[2]);
            delaysMs.add(fault.receiveTimeNs() / 1_000_000
                    - Long.parseLong(frame.get("ts").value()));
        }
        assertThat(delaysMs).allMatch(delay -> delay > 400).anyMatch(delay -> delay > 10_000);
    }

    @Test
    void shouldInjectTheSameFromTheSameSeed() throws IOException {
        FaultRates rates = FaultRates.of(0.02, Fault.values());

        Outcome one = play(Venue.BYBIT_LINEAR, 12, rates);
        Outcome other = play(Venue.BYBIT_LINEAR, 12, rates);

        assertThat(other.lines).isEqualTo(one.lines);
        assertThat(other.faults).isEqualTo(one.faults);
    }

    @Test
    void shouldReadRates() {
        FaultRates rates = FaultRates.parse("drop=0.25,key-order=0.5");

        assertThat(rates.rate(Fault.DROP)).isEqualTo(0.25);
        assertThat(rates.rate(Fault.KEY_ORDER)).isEqualTo(0.5);
        assertThat(rates.rate(Fault.LATE)).isZero();
        assertThatThrownBy(() -> FaultRates.parse("drop")).hasMessageContaining("drop");
        assertThatThrownBy(() -> FaultRates.parse("drop=0.6,late=0.6"))
                .hasMessageContaining("at most 1");
    }

    private static Outcome play(Venue venue, long seed, FaultRates rates) throws IOException {
        System.out.println(venue + " seed " + seed + " " + rates);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<InjectedFault> faults = new ArrayList<>();
        List<Listing> listings = listings(venue);
        TrueTape truth = new TrueTape(venue, listings);
        DeliveredTape delivered = new DeliveredTape(venue, listings);
        try (RecordingWriter writer = new RecordingWriter(bytes)) {
            FaultInjector injector = new FaultInjector(rates, seed, frame -> {
                writer.onFrame(frame);
                delivered.onFrame(frame);
            }, faults::add);
            VenueSession session = VenueSession.builder(venue, seed).listings(listings)
                    .frames(injector).truth(truth).open();
            session.runFor(15 * SECOND_NS);
            session.close();
            injector.close();
        }
        RecordingReader reader = new RecordingReader(venue,
                VenueSession.tickSizes(venue, venue.listings()));
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        lines.forEach(reader::readLine);
        return new Outcome(lines, faults, reader, truth, delivered);
    }

    private static List<Listing> listings(Venue venue) {
        return venue.listings().subList(0, 2);
    }

    private static List<String> trades(DeliveredTape delivered, Venue venue) {
        return trades(delivered.tape()::inTapeOrder, venue);
    }

    private static List<String> trades(TrueTape truth, Venue venue) {
        return trades(truth.tape()::inTapeOrder, venue);
    }

    /** All trades as sorted text, without the ids that only one of the tapes knows. */
    private static List<String> trades(
            Function<String, List<ReferenceTrade>> tape, Venue venue) {
        return listings(venue).stream().flatMap(listing -> tape
                .apply(venue.instrument(listing)).stream())
                .map(trade -> trade.instrument() + " " + trade.matchTimeMs() + " "
                        + ReferenceExport.plain(trade.price()) + " "
                        + ReferenceExport.plain(trade.quantity()) + " " + trade.buy())
                .sorted(Comparator.naturalOrder()).toList();
    }
}
