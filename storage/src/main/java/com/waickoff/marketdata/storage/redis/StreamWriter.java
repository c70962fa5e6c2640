package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.EffectId;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes events to their streams, each once and in order, whatever happens to the connection.
 *
 * <p>A window of events goes out at once, those of one stream as one transaction. A transaction is
 * taken whole or not at all: a server that is out of memory, or dies, cannot leave out an entry and
 * take a later one, whose id would shut the earlier one out for ever. Of one stream no second
 * transaction goes out before the first is answered, for the same reason. A stream that is known to
 * exist is not created again: one that was deleted is noticed instead.
 *
 * <p>Threads: one.
 */
final class StreamWriter {
    /** An id at or below the last one: the entry is there, or somebody else writes. */
    private static final String ID_TOO_SMALL = "equal or smaller";
    /** Rounds of asking and writing a window, when somebody else writes the same stream. */
    private static final int ROUNDS_MAX = 3;

    private final RedisKeys keys;
    private final RedisSettings settings;
    private final RedisErrors errors;
    private final Map<String, StreamHead> heads = new LinkedHashMap<>();
    private long written;
    private long skipped;

    /** Entries of one stream on their way. */
    private record Sent(StreamHead head, List<BusEvent> events, List<RedisFuture<String>> entries,
            RedisFuture<TransactionResult> end) {}

    StreamWriter(RedisKeys keys, RedisSettings settings, RedisErrors errors) {
        this.keys = keys;
        this.settings = settings;
        this.errors = errors;
    }

    /** Forgets all streams; what was noted of them follows. */
    void forget() {
        heads.clear();
    }

    /** What is known of an instrument's stream. */
    StreamHead head(String instrument) {
        return heads.computeIfAbsent(instrument,
                name -> new StreamHead(name, keys.events(name)));
    }

    /** All streams met so far. */
    Collection<StreamHead> heads() {
        return heads.values();
    }

    /** Entries that a server confirmed. */
    long written() {
        return written;
    }

    /** Entries that were there already. */
    long skipped() {
        return skipped;
    }

    /**
     * Writes events, in windows; returns when the server has confirmed all.
     *
     * @throws SinkUnavailableException if it did not, or a stream is not what it was left as
     */
    void write(RedisChannel channel, List<BusEvent> events) throws SinkUnavailableException {
        for (int from = 0; from < events.size(); from += settings.windowEntries()) {
            int to = Math.min(events.size(), from + settings.windowEntries());
            writeWindow(channel, events.subList(from, to));
        }
    }

    private void writeWindow(RedisChannel channel, List<BusEvent> window)
            throws SinkUnavailableException {
        Map<StreamHead, List<BusEvent>> byStream = new LinkedHashMap<>();
        for (BusEvent event : window) {
            byStream.computeIfAbsent(head(event.instrument()), head -> new ArrayList<>())
                    .add(event);
        }
        for (int round = 0; round < ROUNDS_MAX; round++) {
            ask(channel, byStream.keySet().stream().filter(head -> !head.isAsked()).toList());
            List<Sent> sent = send(channel, byStream);
            if (sent.isEmpty()) {
                return;
            }
            channel.flush(sent.getLast().end());
            byStream = new LinkedHashMap<>();
            for (Sent group : sent) {
                if (!isTaken(channel, group)) {
                    group.head().forgetAnswer();
                    byStream.put(group.head(), group.events());
                }
            }
            if (byStream.isEmpty()) {
                return;
            }
        }
        throw errors.unavailable("somebody else writes " + byStream.keySet().iterator().next()
                .key());
    }

    private List<Sent> send(RedisChannel channel, Map<StreamHead, List<BusEvent>> byStream)
            throws SinkUnavailableException {
        List<Sent> sent = new ArrayList<>();
        for (Map.Entry<StreamHead, List<BusEvent>> entry : byStream.entrySet()) {
            StreamHead head = entry.getKey();
            List<BusEvent> rest = entry.getValue().stream().filter(event -> !skips(head, event))
                    .toList();
            if (!rest.isEmpty()) {
                String mismatch = head.mismatch();
                if (!mismatch.isEmpty()) {
                    throw errors.unavailable(mismatch + "; fill it anew: drain --rebuild");
                }
                sent.add(send(channel, head, rest));
            }
        }
        return sent;
    }

    private boolean skips(StreamHead head, BusEvent event) {
        boolean skips = head.skips(event.id());
        skipped += skips ? 1 : 0;
        return skips;
    }

    private Sent send(RedisChannel channel, StreamHead head, List<BusEvent> events) {
        RedisAsyncCommands<String, String> commands = channel.commands();
        List<RedisFuture<String>> entries = new ArrayList<>(events.size());
        long number = head.number();
        channel.expect(commands.multi());
        for (BusEvent event : events) {
            number++;
            XAddArgs args = new XAddArgs().id(event.id().toString()).nomkstream(head.exists());
            if (entries.size() == events.size() - 1) {
                args.maxlen(settings.streamLength()).approximateTrimming();
            }
            entries.add(commands.xadd(head.key(), args, event.numbered(number)));
        }
        return new Sent(head, events, entries, commands.exec());
    }

    /**
     * Whether a transaction was taken as it was meant.
     *
     * @return false if the stream had some of these entries already, so that it has to be asked
     * @throws SinkUnavailableException if it was not taken
     */
    private boolean isTaken(RedisChannel channel, Sent sent) throws SinkUnavailableException {
        for (RedisFuture<String> entry : sent.entries()) {
            RedisCommandExecutionException error = RedisChannel.errorOf(entry);
            // Before the transaction's own error, which does not say why.
            if (error != null && !String.valueOf(error.getMessage()).contains(ID_TOO_SMALL)) {
                throw errors.unavailable(error);
            }
        }
        TransactionResult result = channel.answer(sent.end());
        if (result == null || result.wasDiscarded()) {
            throw errors.unavailable("discarded a transaction");
        }
        boolean taken = true;
        for (Object answer : result) {
            if (answer == null) {
                throw errors.unavailable("stream " + sent.head().key() + " has gone");
            }
            taken &= answer instanceof String;
        }
        if (taken) {
            sent.head().wrote(sent.events().getLast().id(), sent.events().size());
            written += sent.events().size();
        }
        return taken;
    }

    /**
     * Asks the server what these streams hold.
     *
     * @throws SinkUnavailableException if it does not say, or one holds something that is not ours
     */
    void ask(RedisChannel channel, List<StreamHead> unasked) throws SinkUnavailableException {
        for (int from = 0; from < unasked.size(); from += settings.windowEntries()) {
            int to = Math.min(unasked.size(), from + settings.windowEntries());
            askWindow(channel, unasked.subList(from, to));
        }
    }

    private void askWindow(RedisChannel channel, List<StreamHead> unasked)
            throws SinkUnavailableException {
        List<RedisFuture<List<Object>>> infos = new ArrayList<>();
        List<RedisFuture<List<StreamMessage<String, String>>>> lasts = new ArrayList<>();
        for (StreamHead head : unasked) {
            infos.add(channel.commands().xinfoStream(head.key()));
            lasts.add(channel.commands().xrevrange(head.key(), Range.unbounded(),
                    Limit.from(1)));
        }
        channel.flush(lasts.getLast());
        for (int i = 0; i < unasked.size(); i++) {
            StreamHead head = unasked.get(i);
            EffectId lastId = lastGeneratedId(channel, infos.get(i));
            List<StreamMessage<String, String>> last = channel.answer(lasts.get(i));
            head.asked(lastId, lastId == null || last == null || last.isEmpty()
                    ? StreamHead.UNKNOWN : numberOf(head, lastId, last.getFirst()));
        }
    }

    private @Nullable EffectId lastGeneratedId(RedisChannel channel,
            RedisFuture<List<Object>> info) throws SinkUnavailableException {
        RedisCommandExecutionException error = RedisChannel.errorOf(info);
        if (error != null && String.valueOf(error.getMessage()).contains("no such key")) {
            return null;
        }
        List<Object> pairs = channel.answer(info);
        int name = pairs == null ? -1 : pairs.indexOf("last-generated-id");
        if (pairs == null || name < 0) {
            throw errors.unavailable("does not say the last id of a stream");
        }
        return idOf(String.valueOf(pairs.get(name + 1)));
    }

    private long numberOf(StreamHead head, EffectId lastId, StreamMessage<String, String> last)
            throws SinkUnavailableException {
        String number = last.getBody().get(BusEvent.NUMBER);
        if (number == null || !number.matches("[0-9]{1,18}")) {
            throw errors.unavailable("stream " + head.key() + " holds entry " + last.getId()
                    + ", which is not ours");
        }
        // Whoever deletes the last entry leaves its id.
        return idOf(last.getId()).equals(lastId) ? Long.parseLong(number) : StreamHead.UNKNOWN;
    }

    private EffectId idOf(String text) throws SinkUnavailableException {
        try {
            return EffectId.parse(text);
        } catch (IllegalArgumentException e) {
            throw errors.unavailable("holds an entry " + text + ", which is not ours");
        }
    }
}
