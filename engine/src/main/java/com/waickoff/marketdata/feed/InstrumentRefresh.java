package com.waickoff.marketdata.feed;

import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.status.InstrumentState;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads a venue's list of instruments, at the start and again and again, and says what follows for
 * those that are wanted:
 *
 * <pre>
 *   begin ─► page ─► … ─► last page ─► turnover, if patterns need it ─► end; the next one is due in 30 min
 *     ▲                                                                  or in 5 min, if a symbol is missing
 *     └── 5 s, 10 s, … 5 min ◄── no usable answer
 *
 *   a definition, new or changed              define
 *   a symbol that a pattern matches           taken by its turnover, the busiest first, and kept
 *   not traded, not yet, or no longer         told to people, and to the feed; undone when it is traded again
 *   a configured symbol that is not there     told to people, with those that are spelled alike
 * </pre>
 *
 * <p>A symbol that was listed and is not there counts as delisted when it is missing a second time,
 * a minute later: a venue under maintenance has told lists that lacked everything. Where the venue
 * refuses to tell of several symbols because it does not know one, it is asked for all: one bad
 * symbol stops no other.
 *
 * <p>What an earlier run knew is taken as listed until a list says otherwise; where nothing is known of
 * a wanted symbol, it waits for the first list, which is asked for again and again.
 *
 * <p>Answers that nobody waits for, as those of a recording, define what they tell and prove nothing
 * about what they do not. Cold: allocates. Threads: the feed thread.
 */
final class InstrumentRefresh {
    private static final long LOST_NS = 60_000_000_000L;
    private static final long FIRST_RETRY_NS = 5_000_000_000L;
    private static final long MISSING_NS = 300_000_000_000L;
    /** Least time between two rounds, whoever wants one. */
    private static final long HASTE_NS = 60_000_000_000L;
    /** More pages than any venue has: what pages on for ever is ended. */
    private static final int MOST_PAGES = 50;
    private static final int ABSENCES = 2;
    private static final int BAD_REQUEST = 400;
    private static final int MOST_SYMBOL_BYTES = 40;
    /** Instruments that are read, or taken, before frames have their turn again. */
    private static final int A_PART = 16;
    private static final int JITTER_PARTS = 1 << 16;

    private final MetadataDialect dialect;
    private final InstrumentWishes wishes;
    private final VenueTransport transport;
    private final FeedNotices notices;
    private final Collected collected;
    private final Set<String> taken; // named ones, and those that patterns brought
    private final Set<String> seen = new HashSet<>(); // in some list of this run
    private final Map<String, Integer> absences = new HashMap<>();
    private final Map<String, InstrumentState> told = new HashMap<>();
    private final ListingReader listings;
    private final TurnoverReader turnovers;
    private boolean isReading;
    private int read; // listings of the page at hand
    private @Nullable String problem;
    // The round at hand.
    private final Map<String, Listing> found = new LinkedHashMap<>();
    private final List<String> others = new ArrayList<>();
    private final Queue<Listing> chosen = new ArrayDeque<>(); // and not taken yet
    private String asked = "";
    private long askedNs;
    private int pages;
    private boolean isOfAll;
    private boolean isMissing; // somebody
    private boolean mustAskForAll;
    private boolean isBegun; // a first round was begun or put off
    private boolean isListRead; // once, to its end
    private boolean isRecalled; // it is not known what has changed meanwhile
    private String waitsFor = "";
    private long begunNs;
    private long nextNs = Long.MAX_VALUE;
    private long retryNs = FIRST_RETRY_NS;

    /** The instruments of a feed, as far as this concerns them. */
    interface Collected {
        /** Whether a symbol has a definition. */
        boolean isDefined(String symbol);

        /**
         * Takes a definition, new, changed or as before.
         *
         * @return false if there is no room for it
         */
        boolean define(Instrument definition);

        /** Learns whether a symbol can have anything to tell. */
        void state(String symbol, InstrumentState state);
    }

    InstrumentRefresh(MetadataDialect dialect, InstrumentWishes wishes, VenueTransport transport,
            FeedNotices notices, Collected collected) {
        this.dialect = dialect;
        this.wishes = wishes;
        this.transport = transport;
        this.notices = notices;
        this.collected = collected;
        this.taken = new LinkedHashSet<>(wishes.symbols());
        this.listings = dialect.listings();
        this.turnovers = dialect.turnovers();
    }

    /** Takes these symbols as listed, and taken, when an earlier run ended. */
    void recalled(List<String> symbols) {
        taken.addAll(symbols);
        seen.addAll(symbols);
        isRecalled = !symbols.isEmpty();
    }

    /** What of the list is waited for in vain, for people; may be empty. */
    String waitsFor() {
        return waitsFor;
    }

    /** Asks for what is due. */
    void timePassed(long nowNs) {
        if (!isBegun) {
            isBegun = true;
            boolean isAllKnown = wishes.patterns().isEmpty() && undefined() == 0;
            nextNs = isAllKnown && !isRecalled ? afterInterval(nowNs) : nowNs;
        }
        if (!asked.isEmpty() && nowNs - askedNs > LOST_NS) {
            failed(nowNs);
        }
        if (asked.isEmpty() && nowNs >= nextNs) {
            begin(nowNs);
        }
    }

    /** What was asked for may never be answered: it is asked for anew. */
    void forgetAsked(long nowNs) {
        if (!asked.isEmpty()) {
            asked = "";
            nextNs = nowNs;
        }
    }

    /** Something does not fit its definition, which may have changed: the list is read soon. */
    void hasten(long nowNs) {
        if (wishes.refreshNs() != 0 && isBegun) {
            nextNs = Math.min(nextNs, Math.max(nowNs, begunNs + atMostInterval(HASTE_NS)));
        }
    }

    /** Whether an answer is for {@link #answered}. */
    boolean isRequest(String url) {
        return dialect.isList(url) || dialect.isTurnover(url);
    }

    /**
     * Takes an answer, a little at a time: called again with the same one as long as it says so.
     *
     * @return whether there is more to do
     */
    boolean answered(String url, long address, int length, long nowNs) {
        if (chosen.isEmpty()) {
            if (isReadingOn(url, address, length, nowNs)) {
                return true;
            }
            problem = judged(url, nowNs);
        }
        for (int i = 0; i < A_PART && !chosen.isEmpty(); i++) {
            takeByPattern(chosen.remove(), nowNs);
        }
        return !chosen.isEmpty();
    }

    /** What was wrong with the last answer, or null. */
    @Nullable
    String problem() {
        return problem;
    }

    private boolean isReadingOn(String url, long address, int length, long nowNs) {
        boolean isList = dialect.isList(url);
        if (!isReading && isList) {
            listings.begin(this::isWanted, address, length);
            read = 0;
        } else if (!isReading) {
            turnovers.begin(address, length);
        }
        isReading = (isList ? listings : turnovers).readOn(A_PART);
        List<Listing> known = isList ? listings.page().listings() : List.of();
        for (; read < known.size(); read++) {
            Listing listing = known.get(read);
            seen.add(listing.symbol());
            if (taken.contains(listing.symbol())) {
                take(listing, nowNs);
            }
        }
        return isReading;
    }

    private @Nullable String judged(String url, long nowNs) {
        boolean isAsked = !asked.isEmpty() && url.endsWith(asked);
        if (dialect.isList(url)) {
            return listed(listings.end(), isAsked, nowNs);
        }
        if (isAsked) {
            asked = "";
            if (turnovers.turnovers().isEmpty()) {
                failed(nowNs);
                return "turnover of symbols is not told";
            }
            choose(turnovers.turnovers());
            end(nowNs);
        }
        return null;
    }

    /** A request came to nothing. */
    void unanswered(String url, int status, long nowNs) {
        if (asked.isEmpty() || !url.endsWith(asked)) {
            return;
        }
        if (status == BAD_REQUEST && !isOfAll && dialect.isList(url)) {
            mustAskForAll = true;
            begin(nowNs);
        } else {
            failed(nowNs);
        }
    }

    private boolean isWanted(String symbol) {
        return taken.contains(symbol) || (wishes.isLikeWanted(symbol)
                && symbol.getBytes(StandardCharsets.UTF_8).length <= MOST_SYMBOL_BYTES);
    }

    private void begin(long nowNs) {
        begunNs = nowNs;
        nextNs = Long.MAX_VALUE;
        found.clear();
        others.clear();
        pages = 0;
        isMissing = false;
        isOfAll = mustAskForAll || !wishes.patterns().isEmpty()
                || taken.size() > dialect.mostNamed();
        ask(dialect.listPath(isOfAll ? List.of() : List.copyOf(taken)), nowNs);
    }

    private void ask(String path, long nowNs) {
        asked = path;
        askedNs = nowNs;
        transport.httpGet(path);
    }

    private void failed(long nowNs) {
        asked = "";
        nextNs = nowNs + retryNs;
        boolean isAwaited = !isListRead && (undefined() != 0 || !wishes.patterns().isEmpty());
        retryNs = Math.min(2 * retryNs, isAwaited ? HASTE_NS : MISSING_NS);
        waitsFor = isAwaited ? "the list of instruments has not come: " + whoWaits() : "";
    }

    private String whoWaits() {
        long undefined = undefined();
        return (undefined == 0 ? "what matches patterns"
                : undefined + " of " + wishes.symbols().size() + " symbols"
                        + (wishes.patterns().isEmpty() ? "" : " and what matches patterns"))
                + " cannot be collected without it";
    }

    /** How many of the symbols that are named have no definition. */
    private long undefined() {
        return wishes.symbols().stream().filter(symbol -> !collected.isDefined(symbol)).count();
    }

    private @Nullable String listed(ListingPage page, boolean isAsked, long nowNs) {
        if (!isAsked) {
            return page.problem();
        }
        String before = asked;
        asked = "";
        if (page.problem() != null) {
            failed(nowNs);
            return page.problem();
        }
        page.listings().forEach(listing -> found.put(listing.symbol(), listing));
        others.addAll(page.others());
        boolean isLast = page.nextPage().isEmpty() || page.nextPage().equals(before)
                || ++pages == MOST_PAGES;
        if (isLast) {
            judge(nowNs);
        } else {
            ask(page.nextPage(), nowNs);
        }
        return null;
    }

    /** All is told: who is missing, and who else is wanted? */
    private void judge(long nowNs) {
        if (!isOfAll && !found.keySet().containsAll(taken)) {
            mustAskForAll = true;
            begin(nowNs);
            return;
        }
        for (String symbol : List.copyOf(taken)) {
            if (!found.containsKey(symbol)) {
                missing(symbol, nowNs);
            }
        }
        List<Listing> candidates = candidates();
        int room = wishes.most() - taken.size();
        if (!candidates.isEmpty() && room > 0) {
            if (candidates.size() > room || wishes.leastTurnover().signum() > 0) {
                ask(dialect.turnoverPath(), nowNs);
                return;
            }
            chosen.addAll(candidates);
        }
        end(nowNs);
    }

    private void end(long nowNs) {
        isListRead = true;
        waitsFor = "";
        retryNs = FIRST_RETRY_NS;
        mustAskForAll = isMissing;
        nextNs = isMissing
                ? nowNs + atMostInterval(absences.isEmpty() ? MISSING_NS : HASTE_NS)
                : afterInterval(nowNs);
    }

    /** Who wants the list read more often than that gets it. */
    private long atMostInterval(long ns) {
        return wishes.refreshNs() == 0 ? ns : Math.min(ns, wishes.refreshNs());
    }

    private void missing(String symbol, long nowNs) {
        if (!seen.contains(symbol)) {
            isMissing = true;
            Set<String> listed = new TreeSet<>(others);
            listed.addAll(found.keySet());
            List<String> alike = Nearest.to(symbol, listed);
            String detail = "not traded at " + dialect.venue().code()
                    + (alike.isEmpty() ? "" : "; nearest: " + String.join(", ", alike));
            if (tell(symbol, InstrumentState.UNLISTED, detail, nowNs)) {
                notices.onError("unlisted_symbol", symbol + " is " + detail);
            }
        } else if (told.get(symbol) != InstrumentState.DELISTED) {
            if (absences.merge(symbol, 1, Integer::sum) < ABSENCES) {
                isMissing = true;
            } else {
                absences.remove(symbol);
                tell(symbol, InstrumentState.DELISTED, "no longer in the list of "
                        + dialect.venue().code(), nowNs);
                leave(symbol);
            }
        }
    }

    private void take(Listing listing, long nowNs) {
        String symbol = listing.symbol();
        absences.remove(symbol);
        boolean isPast = listing.state() == InstrumentState.DELISTED;
        Instrument definition = listing.definition();
        if (isPast || listing.state() == InstrumentState.PENDING) {
            tell(symbol, listing.state(), word(listing), nowNs);
        } else if (definition == null) {
            isMissing = true;
            refuse(symbol, "its tick, lot or currencies cannot be used", nowNs);
        } else if (!collected.define(definition)) {
            refuse(symbol, "there is no room for another definition; see instruments.capacity",
                    nowNs);
        } else {
            tell(symbol, listing.state(), word(listing), nowNs);
        }
    }

    /** Whom a pattern had brought makes room; listed again it may be taken again. */
    private void leave(String symbol) {
        if (!wishes.symbols().contains(symbol)) {
            taken.remove(symbol);
        }
    }

    private static String word(Listing listing) {
        return listing.state() == InstrumentState.TRADING ? "" : "its status is " + listing.word();
    }

    /** What is defined already goes on as it is. */
    private void refuse(String symbol, String detail, long nowNs) {
        boolean isNews = collected.isDefined(symbol)
                || tell(symbol, InstrumentState.REFUSED, detail, nowNs);
        if (isNews) {
            notices.onError("instrument_refused", symbol + ": " + detail);
        }
    }

    /** @return whether that is news */
    private boolean tell(String symbol, InstrumentState state, String detail, long nowNs) {
        if (told.getOrDefault(symbol, InstrumentState.TRADING) == state) {
            return false;
        }
        told.put(symbol, state);
        collected.state(symbol, state);
        notices.onInstrument(symbol, state, detail, nowNs);
        return true;
    }

    /** Who is traded and matches a pattern, and was not taken. */
    private List<Listing> candidates() {
        List<Listing> candidates = new ArrayList<>();
        for (Listing listing : found.values()) {
            if (listing.state() == InstrumentState.TRADING && listing.definition() != null
                    && !taken.contains(listing.symbol())) {
                candidates.add(listing);
            }
        }
        return candidates;
    }

    private void choose(Map<String, BigDecimal> amounts) {
        Map<String, BigDecimal> inQuote = new HashMap<>();
        List<Listing> candidates = candidates();
        for (Listing listing : candidates) {
            BigDecimal amount = amounts.getOrDefault(listing.symbol(), BigDecimal.ZERO);
            Instrument definition = listing.definition();
            if (definition != null) {
                inQuote.put(listing.symbol(), dialect.venue().isInverse()
                        ? amount.multiply(definition.contractSize())
                        : amount);
            }
        }
        candidates.removeIf(listing -> inQuote.getOrDefault(listing.symbol(), BigDecimal.ZERO)
                .compareTo(wishes.leastTurnover()) < 0);
        candidates.sort(Comparator
                .comparing((Listing listing) -> inQuote.getOrDefault(listing.symbol(),
                        BigDecimal.ZERO))
                .reversed().thenComparing(Listing::symbol));
        int room = Math.max(0, wishes.most() - taken.size());
        chosen.addAll(candidates.subList(0, Math.min(room, candidates.size())));
    }

    private void takeByPattern(Listing listing, long nowNs) {
        taken.add(listing.symbol());
        take(listing, nowNs);
    }

    /** A tenth earlier or later, so that the feeds of many machines do not ask all at once. */
    private long afterInterval(long nowNs) {
        if (wishes.refreshNs() == 0) {
            return Long.MAX_VALUE;
        }
        long mixed = (nowNs ^ dialect.venue().ordinal()) * 0x9e3779b97f4a7c15L;
        double part = (double) (mixed >>> 48) / JITTER_PARTS;
        return nowNs + (long) (wishes.refreshNs() * (0.9 + 0.2 * part));
    }
}
