package com.waickoff.marketdata.feed;

import java.util.ArrayList;
import java.util.List;

/**
 * Asks for the streams that books are held against. By themselves, and once: a venue that lacks them
 * must not refuse the others with them, and without them books are as good as without the check.
 *
 * <p>Cold: texts are made. Threads: the feed thread.
 */
final class CheckStreams {
    /** Numbers that no other request has. */
    private static final long FIRST_ID = 1_000_000_000L;

    private final StreamLanguage language;
    private final VenueTransport transport;
    private long requests;

    CheckStreams(StreamLanguage language, VenueTransport transport) {
        this.language = language;
        this.transport = transport;
    }

    /**
     * Begins or ends them on a link.
     *
     * @param about of these instruments those whose book is on its line and is checked
     */
    void ask(int link, boolean isSubscription, List<? extends InstrumentFeed> about) {
        List<String> names = new ArrayList<>();
        for (InstrumentFeed instrument : about) {
            if (instrument.check != null && instrument.bookLine == VenueProtocol.lineOf(link)
                    && !(isSubscription && instrument.isSuspended())) {
                String name = language.checkName(instrument.definition().symbol());
                if (!name.isEmpty()) {
                    names.add(name);
                }
            }
        }
        int most = language.mostPerRequest();
        for (int from = 0; from < names.size(); from += most) {
            transport.sendText(link, language.request(isSubscription, FIRST_ID + requests++,
                    names.subList(from, Math.min(from + most, names.size()))));
        }
    }
}
