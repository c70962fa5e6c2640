package com.waickoff.marketdata.replay;

import com.waickoff.marketdata.event.EventFlags;
import com.waickoff.marketdata.event.EventKind;
import com.waickoff.marketdata.event.Instrument;
import com.waickoff.marketdata.event.InstrumentCatalogue;
import com.waickoff.marketdata.event.MarketEvent;
import com.waickoff.marketdata.event.Reason;
import com.waickoff.marketdata.replay.JoinedState.Output;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what a replay is about, of one source. An instrument whose events are not let through
 * yet is followed meanwhile; when its time comes, its state is handed on first, and then every event:
 *
 * <pre>
 *   before --from, or while another source has the instrument      from then on
 *   ───────────── followed, not handed on ────────────────────┤ state ├── events ──►
 * </pre>
 *
 * <p>So books are whole from the first moment, and windows know that nothing was heard before. Where
 * an instrument goes from one source to the next, what the first has told already is not told again,
 * and ids that neither has are declared missing.
 *
 * <p>Threads: one.
 */
final class EventGate {
    private final InstrumentCatalogue catalogue;
    private final EventSelection selection;
    private final long fromNs;
    private final @Nullable Tenure tenure;
    private final int source;
    private final @Nullable Passage[] byId;
    private final List<Passage> closed = new ArrayList<>();
    private final MarketEvent said = new MarketEvent();
    private boolean hasBegun;
    private boolean isDepthPaused;

    /** One instrument of the source. */
    private static final class Passage {
        private final int id;
        private final boolean isWanted;
        private final boolean idsChain;
        private final JoinedState state = new JoinedState();
        private final Tenure.@Nullable Holding holding;
        private boolean isOpen;
        /** Whether its trades may still be ones that another source has told of. */
        private boolean isTakingOver;

        Passage(Instrument instrument, boolean isWanted, @Nullable Tenure tenure) {
            id = instrument.id();
            idsChain = instrument.idsChain();
            this.isWanted = isWanted;
            holding = tenure == null ? null : tenure.holding(instrument.name());
        }
    }

    /**
     * A gate for the events of a source.
     *
     * @param fromNs receive time before which nothing is handed on
     * @param tenure shared by all sources; null where there is one only
     * @param source its number
     */
    EventGate(InstrumentCatalogue catalogue, EventSelection selection, long fromNs,
            @Nullable Tenure tenure, int source) {
        this.catalogue = catalogue;
        this.selection = selection;
        this.fromNs = fromNs;
        this.tenure = tenure;
        this.source = source;
        byId = new Passage[catalogue.capacity()];
    }

    /** An event of the source; its batch ends where the caller says. */
    void onEvent(MarketEvent event, Output output) {
        byte kind = event.kind();
        if (event.instrumentId() == MarketEvent.ALL_INSTRUMENTS) {
            onEventOfAll(event, output);
            return;
        }
        Passage passage = passage(event.instrumentId());
        boolean isUnfounded = isDepthPaused && kind == EventKind.BOOK_READY;
        if (!passage.isWanted || !selection.wants(kind) || isUnfounded) {
            return;
        }
        if (kind == EventKind.INSTRUMENT) {
            output.accept(event);
            return;
        }
        if (!closed.isEmpty() && event.receiveTimeNs() >= fromNs) {
            begin(output);
            openSlowPath(event.receiveTimeNs(), output);
        }
        passage.state.fold(event, !passage.isOpen);
        if (!passage.isOpen) {
            if (passage.holding != null && event.receiveTimeNs() >= fromNs) {
                passage.holding.leftOut();
            }
        } else if (passage.holding == null || kind != EventKind.TRADE
                || isNews(passage, passage.holding, event, output)) {
            output.accept(event);
        }
    }

    private void onEventOfAll(MarketEvent event, Output output) {
        if (event.kind() == EventKind.DEPTH_PAUSED) {
            isDepthPaused = true;
            onDepthPaused(event, output);
        } else if (event.kind() == EventKind.DEPTH_RESUMED) {
            isDepthPaused = false;
        } else if (event.kind() == EventKind.CLOCK && event.receiveTimeNs() >= fromNs) {
            begin(output);
            output.accept(event);
        }
    }

    /** The first moment has come: what is followed is handed on from then on. */
    void begin(Output output) {
        if (!hasBegun) {
            hasBegun = true;
            openSlowPath(fromNs, output);
        }
    }

    /** For those who come later, a book that is not followed is one that was reset, and not ready. */
    private void onDepthPaused(MarketEvent event, Output output) {
        for (Passage passage : byId) {
            if (passage != null && passage.state.isBookReady()) {
                passage.state.bookLost();
                if (passage.isOpen && selection.books()) {
                    said.bookReset(passage.id, 0, event.receiveTimeNs(), 0, event.reason());
                    say(output);
                }
            }
        }
    }

    private Passage passage(int id) {
        Passage passage = byId[id];
        if (passage == null) {
            Instrument instrument = catalogue.get(id);
            passage = new Passage(instrument, selection.wants(instrument), tenure);
            byId[id] = passage;
            if (passage.isWanted) {
                closed.add(passage);
            }
        }
        return passage;
    }

    private void openSlowPath(long timeNs, Output output) {
        for (int i = 0; i < closed.size(); i++) {
            Passage passage = closed.get(i);
            Tenure.Holding holding = passage.holding;
            if (tenure == null || holding == null || tenure.take(holding, source)) {
                closed.remove(i--);
                passage.isOpen = true;
                passage.isTakingOver = holding != null && holding.isTraded();
                passage.state.writeTo(passage.id, timeNs, output);
            }
        }
    }

    /** Whether no source has told of this trade yet. */
    private boolean isNews(Passage passage, Tenure.Holding holding, MarketEvent trade,
            Output output) {
        long lastId = passage.idsChain ? trade.tapeKey(true) : trade.id64();
        if (passage.isTakingOver && !trade.has(EventFlags.REPAIRED)) {
            boolean isTold = passage.idsChain ? trade.id64() <= holding.lastTradeId()
                    : trade.matchTimeNs() <= holding.lastMatchNs();
            if (isTold) {
                holding.leftOut();
                return false;
            }
            passage.isTakingOver = false;
            if (passage.idsChain && trade.id64() > holding.lastTradeId() + 1) {
                said.tradeGapByIds(passage.id, trade.matchTimeNs(), trade.receiveTimeNs(),
                        holding.lastTradeId() + 1, trade.id64() - 1, Reason.SEQUENCE_GAP);
                say(output);
            }
        }
        holding.onTrade(lastId, trade.matchTimeNs());
        return true;
    }

    /** The source has ended, and others go on: what it followed is followed no longer. */
    void end(long timeNs, Output output) {
        for (Passage passage : byId) {
            if (passage != null && passage.isOpen) {
                if (passage.state.isBookReady()) {
                    said.bookReset(passage.id, 0, timeNs, 0, Reason.DISCONNECTED);
                    say(output);
                }
                if (passage.state.isUp()) {
                    said.feedDown(passage.id, timeNs, passage.state.epoch(),
                            Reason.DISCONNECTED);
                    say(output);
                }
            }
        }
        if (tenure != null) {
            tenure.release(source);
        }
    }

    private void say(Output output) {
        said.addFlags(EventFlags.FIRST);
        output.accept(said);
        output.endOfBatch();
    }
}
