package com.waickoff.marketdata.storage.redis;

import com.waickoff.marketdata.storage.drain.SinkFencedException;
import com.waickoff.marketdata.storage.drain.SinkUnavailableException;
import com.waickoff.marketdata.storage.effect.EffectId;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.TransactionResult;
import io.lettuce.core.api.async.RedisAsyncCommands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The drain's place at the server: which journal fills these keys, which drain does, up to which
 * event surely all is there, and the last entry of each stream at that point.
 *
 * <p>A place is taken by a larger epoch, and by ending all connections that other drains of the same
 * keys have: with them goes what they had sent and the server had not read yet. Every change is made
 * on the condition that nobody else changed the place.
 *
 * <p>Threads: one.
 */
final class DrainPlace {
    private static final String JOURNAL = "journal";
    private static final String EPOCH = "epoch";
    private static final String SEQUENCE = "sequence";
    private static final Pattern NOTE = Pattern.compile("([0-9]+-[0-9]+) ([0-9]{1,18})");
    private static final Pattern CLIENT = Pattern.compile("(?m)^id=([0-9]+) .*? name=(\\S*)");
    private static final int SCANNED_AT_ONCE = 500;

    private final RedisKeys keys;
    private final RedisErrors errors;
    private final StreamWriter streams;
    private final String clientNames;
    private String journal = "";
    private long epoch;
    private long sequence;

    /**
     * A place that is not taken yet.
     *
     * @param clientNames what the names of all drains' connections begin with
     */
    DrainPlace(RedisKeys keys, StreamWriter streams, String clientNames, RedisErrors errors) {
        this.keys = keys;
        this.streams = streams;
        this.clientNames = clientNames;
        this.errors = errors;
    }

    /**
     * Takes the place, and compares what was noted with what is there.
     *
     * @return up to where surely all is there
     */
    EffectId take(RedisChannel channel, long journalId, long newEpoch)
            throws SinkUnavailableException, SinkFencedException {
        Map<String, String> found = watched(channel);
        journal = Long.toString(journalId);
        epoch = newEpoch;
        String owner = found.get(JOURNAL);
        if (owner == null) {
            refuseStrayStreams(channel);
        } else if (!owner.equals(journal)) {
            throw errors.unavailable("holds the events of another journal (" + owner
                    + "); fill it anew: drain --rebuild, or choose another redis.prefix");
        }
        refuseSmallerEpoch(found);
        sequence = number(found, SEQUENCE);
        change(channel, Map.of());
        endOthers(channel);
        readHeads(channel);
        return acceptLosses(channel);
    }

    /** Notes that everything up to {@code newSequence} is there. */
    void note(RedisChannel channel, long newSequence)
            throws SinkUnavailableException, SinkFencedException {
        Map<String, String> found = watched(channel);
        refuseSmallerEpoch(found);
        if (!journal.equals(found.get(JOURNAL)) || number(found, SEQUENCE) != sequence) {
            throw errors.unavailable("has lost what it had confirmed: its cursor is "
                    + found.getOrDefault(SEQUENCE, "gone") + " and was " + sequence);
        }
        sequence = newSequence;
        noteHeads(channel);
    }

    /** Takes the place whoever has it, and deletes all streams. */
    void clear(RedisChannel channel, long journalId, long newEpoch)
            throws SinkUnavailableException, SinkFencedException {
        Map<String, String> found = watched(channel);
        journal = Long.toString(journalId);
        epoch = newEpoch;
        if (journal.equals(found.get(JOURNAL))) {
            refuseSmallerEpoch(found);
        }
        sequence = 0;
        change(channel, Map.of());
        endOthers(channel);
        delete(channel, keys.eventsPattern());
        delete(channel, keys.latestPattern());
        channel.expect(channel.commands().unlink(keys.heads()));
        channel.ask(channel.commands().ping());
        streams.forget();
    }

    /** The cursor, on the condition that nobody changes it until {@link #change}. */
    private Map<String, String> watched(RedisChannel channel) throws SinkUnavailableException {
        channel.expect(channel.commands().watch(keys.cursor()));
        Map<String, String> found = channel.ask(channel.commands().hgetall(keys.cursor()));
        return found == null ? Map.of() : found;
    }

    private void change(RedisChannel channel, Map<String, String> heads)
            throws SinkUnavailableException {
        RedisAsyncCommands<String, String> commands = channel.commands();
        channel.expect(commands.multi());
        channel.expect(commands.hset(keys.cursor(), Map.of(JOURNAL, journal, EPOCH,
                Long.toString(epoch), SEQUENCE, Long.toString(sequence))));
        if (!heads.isEmpty()) {
            channel.expect(commands.hset(keys.heads(), heads));
        }
        RedisFuture<TransactionResult> end = commands.exec();
        channel.flush(end);
        TransactionResult result = channel.answer(end);
        if (result == null || result.wasDiscarded()) {
            throw errors.unavailable("another drain changed the cursor");
        }
    }

    private void refuseSmallerEpoch(Map<String, String> found) throws SinkFencedException {
        long foundEpoch = number(found, EPOCH);
        if (foundEpoch > epoch) {
            throw new SinkFencedException("a drain with epoch " + foundEpoch
                    + " has taken over from this one, whose epoch is " + epoch);
        }
    }

    /** Without a cursor nobody knows whose the streams are. */
    private void refuseStrayStreams(RedisChannel channel) throws SinkUnavailableException {
        ScanCursor at = ScanCursor.INITIAL;
        do {
            KeyScanCursor<String> page = scan(channel, at, keys.eventsPattern());
            if (!page.getKeys().isEmpty()) {
                throw errors.unavailable("holds " + page.getKeys().getFirst()
                        + " but no cursor, so nobody knows of which journal; fill it anew:"
                        + " drain --rebuild");
            }
            at = page;
        } while (!at.isFinished());
    }

    private KeyScanCursor<String> scan(RedisChannel channel, ScanCursor at, String pattern)
            throws SinkUnavailableException {
        KeyScanCursor<String> page = channel.ask(channel.commands().scan(at,
                ScanArgs.Builder.matches(pattern).limit(SCANNED_AT_ONCE)));
        if (page == null) {
            throw errors.unavailable("does not list its keys");
        }
        return page;
    }

    private void delete(RedisChannel channel, String pattern) throws SinkUnavailableException {
        ScanCursor at = ScanCursor.INITIAL;
        do {
            KeyScanCursor<String> page = scan(channel, at, pattern);
            for (String key : page.getKeys()) {
                // One by one: a cluster's keys lie in different slots.
                channel.expect(channel.commands().unlink(key));
            }
            at = page;
        } while (!at.isFinished());
    }

    /** A user without the right to do that leaves others' connections to their timeouts. */
    private void endOthers(RedisChannel channel) throws SinkUnavailableException {
        RedisFuture<Long> own = channel.commands().clientId();
        RedisFuture<String> list = channel.commands().clientList();
        channel.flush(list);
        if (RedisChannel.errorOf(list) != null || RedisChannel.errorOf(own) != null) {
            return;
        }
        String ownId = String.valueOf(channel.answer(own));
        List<RedisFuture<Long>> kills = new ArrayList<>();
        Matcher clients = CLIENT.matcher(String.valueOf(channel.answer(list)));
        while (clients.find()) {
            if (clients.group(2).startsWith(clientNames) && !clients.group(1).equals(ownId)) {
                kills.add(channel.commands().clientKill(
                        KillArgs.Builder.id(Long.parseLong(clients.group(1)))));
            }
        }
        if (!kills.isEmpty()) {
            channel.flush(kills.getLast());
        }
    }

    private void readHeads(RedisChannel channel) throws SinkUnavailableException {
        streams.forget();
        Map<String, String> notes = channel.ask(channel.commands().hgetall(keys.heads()));
        for (Map.Entry<String, String> note : (notes == null ? Map.<String, String>of() : notes)
                .entrySet()) {
            Matcher matcher = NOTE.matcher(note.getValue());
            if (!matcher.matches()) {
                throw errors.unavailable("notes '" + note.getValue() + "' of " + note.getKey()
                        + ", which is not ours");
            }
            streams.head(note.getKey()).note(EffectId.parse(matcher.group(1)),
                    Long.parseLong(matcher.group(2)));
        }
        streams.ask(channel, List.copyOf(streams.heads()));
    }

    /** Where a stream has less than was noted, all is given again from there. */
    private EffectId acceptLosses(RedisChannel channel) throws SinkUnavailableException {
        EffectId resume = sequence == 0 ? EffectId.NONE : EffectId.lastOf(sequence);
        for (StreamHead head : streams.heads()) {
            if (head.hasLost()) {
                resume = head.last().isBefore(resume) ? head.last() : resume;
                head.acceptLoss();
            }
        }
        if (streams.heads().stream().anyMatch(StreamHead::isChanged)) {
            watched(channel);
            sequence = Math.min(sequence, Math.max(0, resume.sequence() - 1));
            noteHeads(channel);
        }
        return resume;
    }

    private void noteHeads(RedisChannel channel) throws SinkUnavailableException {
        Map<String, String> changed = new HashMap<>();
        for (StreamHead head : streams.heads()) {
            if (head.isChanged()) {
                changed.put(head.instrument(), head.noteText());
            }
        }
        change(channel, changed);
        streams.heads().forEach(StreamHead::noted);
    }

    private static long number(Map<String, String> fields, String name) {
        String text = fields.getOrDefault(name, "0");
        return text.matches("-?[0-9]{1,19}") ? Long.parseLong(text) : 0;
    }
}
