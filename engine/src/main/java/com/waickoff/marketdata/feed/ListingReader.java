package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.status.InstrumentState;
import java.math.BigDecimal;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads pages of a venue's list of instruments. How a page looks, and what the members of an
 * instrument are called, is the venue's.
 *
 * <p>Most of a long list is nobody's business: of an instrument that is not wanted no more is read
 * than its symbol. Cold: allocates. Threads: the feed thread.
 */
public abstract class ListingReader extends AnswerReader {
    /** Symbol of the instrument at hand. */
    protected String symbol = "";
    /** The venue's word for its state. */
    protected String status = "";
    /** What is traded. */
    protected String base = "";
    /** What it is priced in. */
    protected String quote = "";
    /** Step of its prices; null if it is not told or no plain decimal. */
    protected @Nullable BigDecimal tick;
    /** Step of its quantities; null if it is not told or no plain decimal. */
    protected @Nullable BigDecimal lot;
    /** What one unit of quantity stands for. */
    protected @Nullable BigDecimal contractSize;

    private final Venue venue;
    private final String name;
    private final @Nullable BigDecimal usualContractSize;
    private Predicate<String> wanted = anybody -> false;
    private ListingPage page = new ListingPage();

    /**
     * A reader of nothing yet.
     *
     * @param name of what is read, for people
     * @param usualContractSize where the list does not say; null where it has to
     */
    protected ListingReader(Venue venue, String name, @Nullable BigDecimal usualContractSize) {
        this.venue = venue;
        this.name = name;
        this.usualContractSize = usualContractSize;
    }

    /**
     * Begins with another page.
     *
     * @param ofInterest symbols whose definition is of interest
     */
    public final void begin(Predicate<String> ofInterest, long address, int length) {
        wanted = ofInterest;
        page = new ListingPage();
        begin(address, length);
        if (cursor.next() != JsonCursor.BEGIN_OBJECT) {
            page.problem(name + " is no object");
        }
    }

    /** What has been read of the page by now. */
    public final ListingPage page() {
        return page;
    }

    /** What has been read of the page, when that is all there is. */
    public final ListingPage end() {
        if (cursor.error() != JsonCursor.NO_ERROR && page.problem() == null) {
            page.problem(name + " is malformed");
        }
        return page;
    }

    /** The venue has refused to tell. */
    protected final void refused() {
        page.problem(name + " was refused");
    }

    @Override
    protected final void readObject() {
        symbol = "";
        status = "";
        base = "";
        quote = "";
        tick = null;
        lot = null;
        contractSize = usualContractSize;
        boolean isWanted = true;
        while (isWanted && cursor.next() == JsonCursor.KEY) {
            boolean isNamed = !symbol.isEmpty();
            readMember();
            isWanted = isNamed || symbol.isEmpty() || wanted.test(symbol);
        }
        if (!isWanted) {
            cursor.skipOut(1);
        }
        if (cursor.error() != JsonCursor.NO_ERROR || symbol.isEmpty()) {
            return; // cut off in the middle, perhaps of a number
        }
        if (isWanted) {
            page.add(new Listing(symbol, state(status), status, definition()));
        } else {
            page.addOther(symbol);
        }
    }

    private @Nullable Instrument definition() {
        if (tick == null || lot == null || contractSize == null || base.isEmpty()
                || quote.isEmpty()) {
            return null;
        }
        try {
            return InstrumentSource.of(venue, symbol, tick, lot, base, quote, contractSize);
        } catch (IllegalArgumentException unusable) {
            return null;
        }
    }

    /** Reads or skips a member of the instrument at hand, behind whose key the cursor stands. */
    protected abstract void readMember();

    /** What the venue's word for a state comes to; what is not told is not doubted. */
    protected abstract InstrumentState state(String word);
}
