package com.waickoff.marketdata.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import com.waickoff.marketdata.memory.Run;
import com.waickoff.marketdata.window.Bar;
import com.waickoff.marketdata.window.InstrumentWindows;
import com.waickoff.marketdata.window.RowVolumes;
import com.waickoff.marketdata.window.Timeframe;
import com.waickoff.marketdata.window.ValueArea;
import com.waickoff.marketdata.window.Watermark;
import com.waickoff.marketdata.window.Window;
import com.waickoff.marketdata.window.WindowConfig;
import com.waickoff.marketdata.window.WindowListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotSectionsTest {
    private static final SnapshotConfig CONFIG = new SnapshotConfig(2, RandomTape.ROW_CAPACITY, 3,
            2);

    @TempDir
    private Path folder;
    private SnapshotWriter writer;
    private InstrumentSections sections;
    private SnapshotReader reader;
    private SnapshotEntry entry;

    @BeforeEach
    void open() throws IOException {
        Path path = folder.resolve("snapshot.dat");
        writer = SnapshotWriter.create(path, CONFIG, new Run(1, 2, 3));
        sections = writer.define(RandomTape.INSTRUMENT);
        reader = SnapshotReader.open(path);
        entry = reader.find("bybit-linear:BTCUSDT");
    }

    @AfterEach
    void close() {
        reader.close();
        writer.close();
    }

    @Test
    void shouldShowNothingBeforeTheFirstWrite() {
        ProfileView profile = new ProfileView();
        FlowView flow = new FlowView();
        DepthView depth = new DepthView();
        CoverageView coverage = new CoverageView();

        assertThat(reader.read(entry, Timeframe.M1, profile)).isTrue();
        assertThat(reader.read(entry, Timeframe.M1, flow)).isTrue();
        assertThat(reader.read(entry, depth)).isTrue();
        assertThat(reader.read(entry, coverage)).isTrue();

        assertThat(profile.sequence()).isZero();
        assertThat(profile.newest().isPresent()).isFalse();
        assertThat(profile.older().isPresent()).isFalse();
        assertThat(profile.newest().isEmpty()).isTrue();
        assertThat(flow.newest().isPresent()).isFalse();
        assertThat(depth.state()).isEqualTo(BookState.REBUILDING);
        assertThat(depth.bidCount() + depth.askCount()).isZero();
        assertThat(coverage.state()).isEqualTo(TapeState.NEVER);
        assertThat(coverage.watermarkNs()).isEqualTo(Watermark.NONE);
        assertThat(coverage.stamp(0, 60_000, false).ppm()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldShowEveryWindowAsTheStudyHoldsIt(long seed) {
        RandomTape tape = new RandomTape(seed);
        ProfileView profile = new ProfileView();
        FlowView flow = new FlowView();
        for (int batch = 0; batch < 400; batch++) {
            for (int i = 0; i <= batch % 7; i++) {
                tape.trade();
            }
            tape.publish(sections);
            for (Timeframe timeframe : Timeframe.ALL) {
                assertThat(reader.read(entry, timeframe, profile)).isTrue();
                assertThat(reader.read(entry, timeframe, flow)).isTrue();
                Window newest = tape.newest(timeframe);
                assertSame(profile.newest(), newest);
                assertSame(flow.newest(), newest, tape.windows().cumulativeDelta(newest));
                Window before = tape.windows().before(newest);
                if (before != null && isOtherSlot(before, newest)) {
                    assertSame(profile.older(), before);
                    assertSame(flow.older(), before, tape.windows().cumulativeDelta(before));
                }
            }
        }
        reader.read(entry, Timeframe.D1, profile);
        assertThat(profile.sequence()).isEqualTo(tape.sequence());
        assertThat(profile.newest().rowSize()).as("rows were merged").isGreaterThan(1);
    }

    private static boolean isOtherSlot(Window a, Window b) {
        Timeframe timeframe = a.timeframe();
        return (timeframe.indexOf(a.startNs()) + timeframe.indexOf(b.startNs())) % 2 != 0;
    }

    private static void assertSame(WindowView view, Window window) {
        Bar bar = window.bar();
        assertThat(view.isPresent()).isTrue();
        assertThat(view.timeframe()).isEqualTo(window.timeframe());
        assertThat(view.startMs()).isEqualTo(window.startNs() / 1_000_000);
        assertThat(view.endMs()).isEqualTo(window.endNs() / 1_000_000);
        assertThat(view.flags()).isEqualTo(window.flags());
        assertThat(view.revision()).isEqualTo(window.revision());
        assertThat(new long[]{view.trades(), view.open(), view.high(), view.low(), view.close(),
                view.volume(), view.buyVolume(), view.sellVolume(), view.delta(), view.minDelta(),
                view.maxDelta(), view.blockVolume(), view.rpiVolume()})
                .containsExactly(bar.trades(), bar.open(), bar.high(), bar.low(), bar.close(),
                        bar.volume(), bar.buyVolume(), bar.sellVolume(), bar.delta(),
                        bar.minDelta(), bar.maxDelta(), bar.blockVolume(), bar.rpiVolume());
        assertSame(view, window.rows());
        assertThat(ValueArea.of(view)).isEqualTo(ValueArea.of(window.rows()));
    }

    private static void assertSame(RowVolumes view, RowVolumes rows) {
        assertThat(view.rowSize()).isEqualTo(rows.rowSize());
        assertThat(view.lowRow()).isEqualTo(rows.lowRow());
        assertThat(view.highRow()).isEqualTo(rows.highRow());
        for (long row = rows.lowRow() - 1; row <= rows.highRow() + 1; row++) {
            assertThat(view.buyVolume(row)).isEqualTo(rows.buyVolume(row));
            assertThat(view.sellVolume(row)).isEqualTo(rows.sellVolume(row));
        }
    }

    private static void assertSame(FlowView.Slot view, Window window, long cumulativeDelta) {
        assertThat(view.isPresent()).isTrue();
        assertThat(view.startMs()).isEqualTo(window.startNs() / 1_000_000);
        assertThat(view.flags()).isEqualTo(window.flags());
        assertThat(view.revision()).isEqualTo(window.revision());
        assertThat(
                new long[]{view.delta(), view.minDelta(), view.maxDelta(), view.cumulativeDelta()})
                .containsExactly(window.bar().delta(), window.bar().minDelta(),
                        window.bar().maxDelta(), cumulativeDelta);
    }

    @Test
    void shouldNotLetAnOldWindowTakeTheSlotOfANewerOne() {
        RandomTape tape = new RandomTape(4);
        for (int i = 0; i < 600; i++) {
            tape.trade();
        }
        tape.publish(sections);
        Window newest = tape.newest(Timeframe.M1);
        Window old = tape.windows().oldest(Timeframe.M1);
        while (isOtherSlot(old, newest)) {
            old = tape.windows().after(old);
        }
        assertThat(old).isNotSameAs(newest);

        assertThat(sections.profile(Timeframe.M1).write(old, 1)).isFalse();
        assertThat(sections.flow(Timeframe.M1).write(old, 0, new FlowMeasures(), 1)).isFalse();

        ProfileView profile = new ProfileView();
        reader.read(entry, Timeframe.M1, profile);
        assertSame(profile.newest(), newest);
        assertThat(profile.sequence()).isEqualTo(tape.sequence());
    }

    @Test
    void shouldRefuseTheWindowOfAnotherTimeframe() {
        RandomTape tape = new RandomTape(5);
        tape.trade();
        Window window = tape.newest(Timeframe.M1);

        assertThatThrownBy(() -> sections.profile(Timeframe.M5).write(window, 1))
                .isInstanceOf(AssertionError.class).hasMessageContaining("M1 written to M5");
        assertThatThrownBy(
                () -> sections.flow(Timeframe.M5).write(window, 0, new FlowMeasures(), 1))
                .isInstanceOf(AssertionError.class).hasMessageContaining("M1 written to M5");
    }

    @Test
    void shouldRefuseRowsThatWouldOverwriteEachOther() {
        int larger = 2 * RandomTape.ROW_CAPACITY;
        InstrumentWindows windows = new InstrumentWindows(3, 1,
                new WindowConfig(1, larger, 2_000, 0), WindowListener.NONE);
        windows.onTrade(0, 0, 1_000, 1, Bar.BUY, 0, 1);
        windows.onTrade(0, 0, 1_000 + RandomTape.ROW_CAPACITY, 1, Bar.BUY, 0, 1);
        Window window = windows.newest(Timeframe.M1);

        assertThatThrownBy(() -> sections.profile(Timeframe.M1).write(window, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("rows 1000 to 1064").hasMessageContaining("64");
        ProfileView view = new ProfileView();
        assertThat(reader.read(entry, Timeframe.M1, view)).as("nothing was begun").isTrue();
        assertThat(view.newest().isPresent()).isFalse();
    }

    @Test
    void shouldShowTheBook() {
        writeBook();

        DepthView view = new DepthView();
        assertThat(reader.read(entry, view)).isTrue();
        assertThat(view.sequence()).isEqualTo(42);
        assertThat(view.state()).isEqualTo(BookState.SYNCED);
        assertThat(view.updateId()).isEqualTo(77);
        assertThat(view.matchTimeNs()).isEqualTo(1_000);
        assertThat(view.receiveTimeNs()).isEqualTo(2_000);
        assertThat(view.bookBids()).isEqualTo(5);
        assertThat(view.bookAsks()).isEqualTo(2);
        assertThat(view.bidCount()).isEqualTo(3);
        assertThat(view.askCount()).isEqualTo(2);
        assertThat(view.bidPrice(2)).isEqualTo(98);
        assertThat(view.bidQuantity(0)).isEqualTo(1);
        assertThat(view.askPrice(1)).isEqualTo(102);
        assertThat(view.askQuantity(1)).isEqualTo(20);
        assertThat(view.bidQuantityOfTop(2)).isEqualTo(3);
        assertThat(view.askQuantityOfTop(10)).isEqualTo(30);
        assertThat(view.bidQuantityWithin(3)).isEqualTo(6);
        assertThat(view.askQuantityWithin(3)).isEqualTo(30);
        assertThat(view.bidsReach(0)).isTrue();
        assertThat(view.asksReach(0)).isTrue();
        assertThat(view.bidsReach(3)).isFalse();
        assertThat(view.asksReach(3)).isTrue();
        assertThat(view.bidsReach(1)).isFalse();
        assertThatThrownBy(() -> view.askPrice(2)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private void writeBook() {
        DepthSection depth = sections.depth();
        depth.begin();
        depth.book(BookState.SYNCED, 77, 1_000, 2_000, 5, 2);
        assertThat(depth.addBid(100, 1)).isTrue();
        assertThat(depth.addBid(99, 2)).isTrue();
        assertThat(depth.addBid(98, 3)).isTrue();
        assertThat(depth.addBid(97, 4)).as("no room for a fourth").isFalse();
        assertThat(depth.addAsk(101, 10)).isTrue();
        assertThat(depth.addAsk(102, 20)).isTrue();
        depth.within(0, 1, true, 10, true);
        depth.within(3, 6, false, 30, true);
        depth.end(42);
    }

    @Test
    void shouldKeepTheLevelsOfABookThatBecomesStale() {
        writeBook();
        sections.depth().writeState(BookState.STALE, 3_000, 43);

        DepthView view = new DepthView();
        reader.read(entry, view);
        assertThat(view.state()).isEqualTo(BookState.STALE);
        assertThat(view.receiveTimeNs()).isEqualTo(3_000);
        assertThat(view.sequence()).isEqualTo(43);
        assertThat(view.bidCount()).isEqualTo(3);
        assertThat(view.bidPrice(0)).isEqualTo(100);
    }

    @Test
    void shouldShowHowCompleteTheTapeIs() {
        CoverageSection coverage = sections.coverage();
        coverage.begin();
        coverage.tape(TapeState.LIVE, 90_000_500_000L, 90_000_700_000L);
        coverage.gaps(3, 2);
        coverage.addUncovered(0, 60_000);
        coverage.addUncovered(75_000, 78_000);
        assertThatThrownBy(() -> coverage.addUncovered(80_000, CoverageSection.STILL_OPEN))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("2 uncovered");
        coverage.end(9);

        CoverageView view = new CoverageView();
        assertThat(reader.read(entry, view)).isTrue();
        assertThat(view.sequence()).isEqualTo(9);
        assertThat(view.state()).isEqualTo(TapeState.LIVE);
        assertThat(view.watermarkNs()).isEqualTo(90_000_500_000L);
        assertThat(view.lastReceiveTimeNs()).isEqualTo(90_000_700_000L);
        assertThat(view.ageMs(90_100)).isEqualTo(100);
        assertThat(view.gapsDeclared()).isEqualTo(3);
        assertThat(view.gapsRepaired()).isEqualTo(2);
        assertThat(view.uncovered().count()).isEqualTo(2);
        assertThat(view.stamp(60_000, 120_000, false))
                .isEqualTo(new CoverageStamp(60_000, 90_000, 900_000, 1, 2));

        coverage.writeTape(TapeState.INTERRUPTED, 95_000_000_000L, 96_000_000_000L, 10);
        reader.read(entry, view);
        assertThat(view.state()).isEqualTo(TapeState.INTERRUPTED);
        assertThat(view.uncovered().count()).isEqualTo(2);
        assertThat(view.stamp(78_000, 120_000, true).ppm()).isEqualTo(999_999);
    }

    @Test
    void shouldSayWhenAWriterDiedInAWrite() {
        sections.depth().begin();

        assertThat(reader.read(entry, new DepthView())).isFalse();
    }

    @Test
    void shouldGiveAnInstrumentItsSectionsOnce() {
        assertThat(writer.define(RandomTape.INSTRUMENT)).isSameAs(sections);
        assertThat(writer.find(RandomTape.INSTRUMENT.id())).isSameAs(sections);
        assertThat(writer.find(99)).isNull();
    }

    /**
     * The least of several rounds: the virtual machine allocates now and then when it recompiles,
     * but a write that allocates does so in every round, rare paths included.
     */
    @Test
    void shouldNotAllocateWhenSectionsAreWritten() {
        RandomTape tape = new RandomTape(6);
        allocatedBy(tape, 20_000);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            least = Math.min(least, allocatedBy(tape, 2_000));
        }

        assertThat(least).isZero();
    }

    private long allocatedBy(RandomTape tape, int trades) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        for (int i = 0; i < trades; i++) {
            tape.trade();
            long before = threads.getCurrentThreadAllocatedBytes();
            tape.publish(sections);
            writeBook(i);
            writeCoverage(i);
            allocated += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated;
    }

    private void writeBook(int round) {
        DepthSection depth = sections.depth();
        depth.begin();
        depth.book(BookState.SYNCED, round, round, round, 3, 3);
        for (int level = 0; level < round % 4; level++) {
            depth.addBid(100 - level, round);
            depth.addAsk(101 + level, round);
        }
        for (int band = 0; band < DepthSection.bandCount(); band++) {
            depth.within(band, round, true, round, true);
        }
        depth.end(round);
        depth.writeState(BookState.STALE, round, round);
    }

    private void writeCoverage(int round) {
        CoverageSection coverage = sections.coverage();
        coverage.begin();
        coverage.tape(TapeState.LIVE, round, round);
        coverage.gaps(round, round);
        coverage.addUncovered(0, round);
        coverage.end(round);
        coverage.writeTape(TapeState.LIVE, round, round, round);
    }
}
