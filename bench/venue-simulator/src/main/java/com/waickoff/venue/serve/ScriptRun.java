package com.waickoff.venue.serve;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Gives the orders of a script when their time comes. Belongs to the event loop. */
final class ScriptRun {
    private final Exchange exchange;
    private final VenueScript script;
    private final Consumer<RuntimeException> onFailure;
    private final PriorityQueue<VenueScript.Entry> byMarket = new PriorityQueue<>(
            Comparator.comparingLong(VenueScript.Entry::atNs));
    /** When the next order by event time is due, counted from the first frame. */
    private long nextMarketNs = Long.MAX_VALUE;

    ScriptRun(Exchange exchange, VenueScript script, Consumer<RuntimeException> onFailure) {
        this.exchange = exchange;
        this.script = script;
        this.onFailure = onFailure;
        script.entries().stream().filter(VenueScript.Entry::market).forEach(byMarket::add);
        findNext();
    }

    /** Gives what is to be done before anything else. */
    void open() {
        for (VenueScript.Entry entry : script.entries()) {
            if (!entry.market() && entry.atNs() == 0) {
                entry.order().give(exchange);
            }
        }
    }

    /** The play starts. */
    void start() {
        for (VenueScript.Entry entry : script.entries()) {
            if (!entry.market() && entry.atNs() > 0) {
                schedule(entry, entry.atNs());
            }
        }
    }

    /** A frame is about to be played, so long after the first one. */
    void onMarketTime(long sinceFirstNs) {
        while (sinceFirstNs >= nextMarketNs) {
            VenueScript.Entry entry = byMarket.remove();
            if (entry.everyNs() > 0) {
                byMarket.add(entry.again());
            }
            findNext();
            give(entry);
        }
    }

    private void findNext() {
        VenueScript.Entry next = byMarket.peek();
        nextMarketNs = next == null ? Long.MAX_VALUE : next.atNs();
    }

    private void schedule(VenueScript.Entry entry, long waitNs) {
        exchange.laterNs(waitNs, () -> {
            give(entry);
            if (entry.everyNs() > 0) {
                schedule(entry, entry.everyNs());
            }
        });
    }

    private void give(VenueScript.Entry entry) {
        try {
            entry.order().give(exchange);
        } catch (RuntimeException e) {
            onFailure.accept(e);
        }
    }
}
