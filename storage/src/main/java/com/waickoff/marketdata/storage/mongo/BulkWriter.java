package com.waickoff.marketdata.storage.mongo;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteError;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.WriteModel;
import com.waickoff.marketdata.storage.drain.PoisonEffectException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.bson.RawBsonDocument;

/**
 * Writes documents in bulks, each of one collection, a few under way at once, and makes of the
 * server's refusals what they mean: a newer document is there, or the document is no good.
 *
 * <p>Threads: one.
 */
final class BulkWriter {
    /** Under way at once. */
    private static final int IN_FLIGHT = 4;
    /** A message of the protocol has at most 48 MB. */
    private static final int MOST_BYTES = 12 << 20;
    /** A document has at most 16 MiB; some for what the server adds. */
    private static final int MOST_DOCUMENT_BYTES = (16 << 20) - (16 << 10);
    private static final int DUPLICATE_KEY = 11_000;
    private static final int DUPLICATE_KEY_ON_UPDATE = 11_001;
    private static final List<Integer> REFUSALS = List.of(2, 9, 14, 52, 57, 121, 10_334, 17_280);

    private final MongoDoor door;
    private final int bulk;
    private long written;
    private long superseded;

    private record UnderWay(List<Write> writes, boolean ordered,
            Answer<BulkWriteResult> answer) {}

    /** The server did not do all of it, for a reason that passes. */
    static final class BulkFailedException extends Exception {
        private static final long serialVersionUID = 1;

        BulkFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    BulkWriter(MongoDoor door, int bulk) {
        this.door = door;
        this.bulk = bulk;
    }

    /** Documents that the server confirmed, each time it did. */
    long written() {
        return written;
    }

    /** Documents that were not written because a newer one was there. */
    long superseded() {
        return superseded;
    }

    /**
     * Writes all; no two of the same document.
     *
     * @param inAnyOrder in bulks of which a few are under way at once
     * @param inOrder beside those, one after the other: what is there in the end is always a beginning
     *     of them
     */
    void write(List<Write> inAnyOrder, List<Write> inOrder)
            throws Answer.NoAnswerException, PoisonEffectException, BulkFailedException {
        List<List<Write>> ordered = chunks(inOrder);
        List<List<Write>> unordered = chunks(inAnyOrder);
        Queue<UnderWay> underWay = new ArrayDeque<>();
        // The longest way first: it goes on while the others are on theirs.
        UnderWay first = ordered.isEmpty() ? null : start(ordered.getFirst(), true);
        try {
            for (List<Write> chunk : unordered) {
                if (underWay.size() == IN_FLIGHT - 1) {
                    finish(underWay.remove());
                }
                underWay.add(start(chunk, false));
            }
            while (!underWay.isEmpty()) {
                finish(underWay.remove());
            }
            if (first != null) {
                finishInOrder(first);
                for (List<Write> chunk : ordered.subList(1, ordered.size())) {
                    finishInOrder(start(chunk, true));
                }
            }
        } finally {
            if (first != null) {
                underWay.add(first);
            }
            underWay.forEach(one -> door.abandon(one.answer()));
        }
    }

    private void finishInOrder(UnderWay begun)
            throws Answer.NoAnswerException, PoisonEffectException, BulkFailedException {
        List<Write> writes = begun.writes();
        int done = finish(begun);
        while (done < writes.size()) {
            writes = writes.subList(done, writes.size());
            done = finish(start(writes, true));
        }
    }

    private List<List<Write>> chunks(List<Write> writes) throws PoisonEffectException {
        Map<String, List<Write>> filling = new LinkedHashMap<>();
        Map<String, Integer> bytes = new LinkedHashMap<>();
        List<List<Write>> chunks = new ArrayList<>();
        for (Write write : writes) {
            if (write.length() > MOST_DOCUMENT_BYTES) {
                throw new PoisonEffectException(write.effect(), "a document of " + write.length()
                        + " bytes, allowed are " + MOST_DOCUMENT_BYTES);
            }
            List<Write> chunk = filling.get(write.collection());
            int size = bytes.getOrDefault(write.collection(), 0);
            if (chunk == null || chunk.size() == bulk || size + write.length() > MOST_BYTES) {
                chunk = new ArrayList<>();
                chunks.add(chunk);
                filling.put(write.collection(), chunk);
                size = 0;
            }
            chunk.add(write);
            bytes.put(write.collection(), size + write.length());
        }
        return chunks;
    }

    private UnderWay start(List<Write> writes, boolean ordered)
            throws Answer.NoAnswerException {
        List<WriteModel<RawBsonDocument>> models = writes.stream().map(Write::upsert).toList();
        return new UnderWay(writes, ordered,
                door.start(door.collection(writes.getFirst().collection())
                        .bulkWrite(models, new BulkWriteOptions().ordered(ordered))));
    }

    /** Returns how many of the bulk are done: all, or those up to the first refusal if ordered. */
    private int finish(UnderWay one)
            throws Answer.NoAnswerException, PoisonEffectException, BulkFailedException {
        List<Write> writes = one.writes();
        try {
            door.await(one.answer(), door.deadline());
            written += writes.size();
            return writes.size();
        } catch (MongoBulkWriteException e) {
            return afterRefusals(one, e);
        }
    }

    private int afterRefusals(UnderWay one, MongoBulkWriteException refused)
            throws Answer.NoAnswerException, PoisonEffectException, BulkFailedException {
        if (refused.getWriteConcernError() != null) {
            throw new BulkFailedException("not confirmed as durable: "
                    + refused.getWriteConcernError().getMessage(), refused);
        }
        List<Write> writes = one.writes();
        List<Write> there = new ArrayList<>();
        int done = writes.size();
        for (BulkWriteError error : refused.getWriteErrors()) {
            Write write = writes.get(error.getIndex());
            if (error.getCode() == DUPLICATE_KEY || error.getCode() == DUPLICATE_KEY_ON_UPDATE) {
                there.add(write);
                done = one.ordered() ? error.getIndex() + 1 : done;
            } else if (REFUSALS.contains(error.getCode())) {
                throw new PoisonEffectException(write.effect(), "refused with code "
                        + error.getCode() + ": " + MongoDoor.reason(new IllegalStateException(
                                error.getMessage())));
            } else {
                throw new BulkFailedException("code " + error.getCode() + ": "
                        + MongoDoor.reason(new IllegalStateException(error.getMessage())),
                        refused);
            }
        }
        update(there);
        written += done - there.size();
        return done;
    }

    /**
     * A document of that id was there and did not match: it is newer, or was put there by another write
     * of ours in the same moment, and is older. In the latter case it matches now.
     */
    private void update(List<Write> writes)
            throws Answer.NoAnswerException, BulkFailedException {
        if (writes.isEmpty()) {
            return;
        }
        List<WriteModel<RawBsonDocument>> models = writes.stream().map(Write::update).toList();
        try {
            List<BulkWriteResult> results = door.ask(
                    door.collection(writes.getFirst().collection())
                            .bulkWrite(models, new BulkWriteOptions().ordered(false)));
            int matched = results.getFirst().getMatchedCount();
            written += matched;
            superseded += writes.size() - matched;
        } catch (MongoBulkWriteException e) {
            throw new BulkFailedException(MongoDoor.reason(e), e);
        }
    }
}
