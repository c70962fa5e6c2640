package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.decimal.Ascii;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.status.InstrumentState;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One instrument of a feed: what a decoder needs of its definition, and what it knows of its tape
 * and book. A venue adds its own.
 *
 * <p>Threads: the feed thread.
 */
public class InstrumentFeed {
    final int id;
    final int priceScale;
    final int quantityScale;
    final boolean idsChain;
    boolean isDefined; // its definition was published
    boolean isUp; // a frame of this connection was seen
    boolean isTapeSilent; // its tape was found dead, or refused: only a trade says that it is up
    boolean isBookReady; // the published book follows the venue's sequence
    /** Ids of the last trades where ids do not chain; null where they do. */
    @Nullable
    RecentTrades recentTrades;
    /** Missing ids that may still come, where ids chain. */
    final TradeGaps gaps = new TradeGaps();
    /** What may be missing and may still come, where ids do not chain. */
    TapeGap gap = new TapeGap();
    /** Largest match time of its trades, 0 before the first. */
    long lastMatchNs;
    /** When the trade with that match time was received. */
    long lastMatchReceivedNs;
    /** The venue's time at which its feed last came up. */
    long upNs;
    /** The line that carries its tape. */
    int tapeLine;
    /** The line that carries its book. */
    int bookLine;
    /** Its trades as a stream. */
    StreamState tape;
    /** Its book as a stream. */
    StreamState book;
    /** Whether it is traded, by the venue's own word. */
    InstrumentState state = InstrumentState.TRADING;
    /** Against what its book is held; null where books are not checked. */
    @Nullable
    BookCheck check;
    /** When missing trades were asked for that were not answered, 0 if none were. */
    long repairAskedNs;
    /** When missing trades may be asked for next, 0 if that is not known. */
    long repairDueNs;

    private final Instrument definition;
    private final MemorySegment symbol;
    private final int symbolLength;

    /**
     * The feed of an instrument that has its id.
     *
     * @param recentTrades how many ids of its last trades are remembered where ids do not chain
     */
    protected InstrumentFeed(Instrument definition, int recentTrades) {
        this.definition = definition;
        this.id = definition.id();
        this.priceScale = definition.priceScale();
        this.quantityScale = definition.quantityScale();
        this.idsChain = definition.idsChain();
        this.tape = new StreamState(definition.symbol(), true);
        this.book = new StreamState(definition.symbol(), false);
        this.recentTrades = idsChain ? null : new RecentTrades(recentTrades);
        byte[] bytes = definition.symbol().getBytes(StandardCharsets.UTF_8);
        this.symbolLength = bytes.length;
        this.symbol = Arena.ofAuto().allocate(bytes.length + Ascii.OVERRUN_BYTES);
        MemorySegment.copy(bytes, 0, symbol, ValueLayout.JAVA_BYTE, 0, bytes.length);
    }

    /**
     * Goes on with the tape of the definition that this one replaces. What is missing of it by then
     * stays the other one's.
     */
    final void succeed(InstrumentFeed former) {
        if (former.recentTrades != null && recentTrades != null) {
            recentTrades = former.recentTrades;
        }
        if (former.gap.isWanted()) {
            gap.goOn(former.gap);
        } else {
            gap = former.gap;
        }
        lastMatchNs = former.lastMatchNs;
        lastMatchReceivedNs = former.lastMatchReceivedNs;
        isTapeSilent = former.isTapeSilent;
        tape = former.tape;
        book = former.book;
        tapeLine = former.tapeLine;
        bookLine = former.bookLine;
        state = former.state;
    }

    /** Its trades as a stream. */
    public final StreamState tape() {
        return tape;
    }

    /** Its book as a stream. */
    public final StreamState book() {
        return book;
    }

    /** Puts its streams on lines. */
    public final void placeOn(int lineOfTape, int lineOfBook) {
        tapeLine = lineOfTape;
        bookLine = lineOfBook;
    }

    /** Whether any of its streams is on a line. */
    final boolean isOn(int line) {
        return tapeLine == line || bookLine == line;
    }

    /** Whether it is traded now, by the venue's own word: else its silence is no fault. */
    public final boolean isTraded() {
        return state == InstrumentState.TRADING;
    }

    /** Whether its venue has no streams of it: it is not listed any more, or not traded yet. */
    public final boolean isSuspended() {
        return state == InstrumentState.DELISTED || state == InstrumentState.PENDING;
    }

    /** The line that carries its tape. */
    public final int tapeLine() {
        return tapeLine;
    }

    /** The line that carries its book. */
    public final int bookLine() {
        return bookLine;
    }

    /** What the instrument's numbers mean. */
    public final Instrument definition() {
        return definition;
    }

    /** Decimals of a price. */
    public final int priceScale() {
        return priceScale;
    }

    /** Decimals of a quantity. */
    public final int quantityScale() {
        return quantityScale;
    }

    /** Whether trade ids rise by one. */
    public final boolean idsChain() {
        return idsChain;
    }

    /** Missing ids that may still come, where ids chain. */
    public final TradeGaps gaps() {
        return gaps;
    }

    /** What may be missing and may still come, where ids do not chain. */
    public final TapeGap gap() {
        return gap;
    }

    /** Ids of the last trades where ids do not chain; null where they do. */
    public final @Nullable RecentTrades recentTrades() {
        return recentTrades;
    }

    /** Largest match time of its trades, 0 before the first. */
    public final long lastMatchNs() {
        return lastMatchNs;
    }

    /** Against what its book is held; null where books are not checked. */
    public final @Nullable BookCheck check() {
        return check;
    }

    /** Whether the published book follows the venue's sequence. */
    public final boolean isBookReady() {
        return isBookReady;
    }

    /** Length of the symbol in bytes of UTF-8. */
    public final int symbolLength() {
        return symbolLength;
    }

    /** Whether the bytes at {@code address} begin with the symbol. */
    public final boolean isSymbolAt(long address) {
        long own = symbol.address();
        int index = 0;
        for (; symbolLength - index >= 8; index += 8) {
            if (Ascii.longAt(address + index) != Ascii.longAt(own + index)) {
                return false;
            }
        }
        long rest = Ascii.firstBytes(symbolLength - index);
        return ((Ascii.longAt(address + index) ^ Ascii.longAt(own + index)) & rest) == 0;
    }
}
