package com.waickoff.venue.serve;

import java.util.List;

/**
 * What the URL of a handshake asks for.
 *
 * @param streams subscribed from the start on
 * @param combined whether payloads are wrapped with the name of their stream
 */
record Door(List<String> streams, boolean combined, Route route) {
    Door {
        streams = List.copyOf(streams);
    }
}
