package com.waickoff.marketdata.storage.drain;

import com.waickoff.marketdata.storage.effect.Effect;
import com.waickoff.marketdata.storage.effect.EffectId;
import java.util.List;

/**
 * Where effects go: a database, a bus. What it was given may come again, and must then change
 * nothing: a process may be killed between the server's confirmation and the note of it.
 *
 * <pre>
 *   resumeAfter() ─► write(…) ─► write(…) ─► cursor(s) ─► write(…) …
 *        ▲                 │ SinkUnavailableException
 *        └─────────────────┘ the lane waits, asks again what is there, and gives the rest
 * </pre>
 *
 * <p>A sink connects when it is first asked something, and again after a failure. Each call has a
 * deadline of its own: none waits for a server for ever.
 *
 * <p>Threads: the lane's; only {@link #close()} may come from another one, once.
 */
public interface EffectSink extends AutoCloseable {
    /** In lower case, such as {@code mongo}: names its lane, its directory and its figures. */
    String name();

    /**
     * Takes the journal's place at the server: from now on no process with a smaller epoch may write.
     * Called once at the beginning of a lane, and after each failure, before anything else.
     *
     * @param journalId of the journal that is drained
     * @param epoch larger than that of every drain before
     * @return the last effect up to which, itself included, surely everything is there; {@link
     *     EffectId#NONE} if nothing of this journal is
     * @throws SinkUnavailableException if the server cannot say now
     * @throws SinkFencedException if a drain with a larger epoch has been there
     */
    EffectId resumeAfter(long journalId, long epoch)
            throws SinkUnavailableException, SinkFencedException;

    /**
     * Writes effects; returns when the server has confirmed all of them, which may well be more than
     * once for the same ones.
     *
     * @param batch in order of their ids, ids of later calls are larger
     * @throws SinkUnavailableException if the server did not confirm all of it, for a reason that
     *     passes; any part of it may be there
     * @throws PoisonEffectException if the server refuses one of them for good; others of the batch
     *     may be there or not
     * @throws SinkFencedException if a drain with a larger epoch has been there
     */
    void write(List<Effect> batch)
            throws SinkUnavailableException, PoisonEffectException, SinkFencedException;

    /**
     * Notes at the server that everything up to the effects of this event, these included, is there.
     * It is: this comes after {@link #write} has returned.
     *
     * @param sequence engine sequence; rises
     * @throws SinkUnavailableException if the server did not confirm it
     * @throws SinkFencedException if a drain with a larger epoch has been there
     */
    void cursor(long sequence) throws SinkUnavailableException, SinkFencedException;

    /**
     * Empties what this sink has filled, for a projection that is filled anew.
     *
     * @param journalId as above
     * @param epoch as above
     * @throws SinkUnavailableException if the server did not confirm it; some of it may be gone
     * @throws SinkFencedException if a drain with a larger epoch has been there
     */
    void clear(long journalId, long epoch) throws SinkUnavailableException, SinkFencedException;

    /** Lets go of the server. A call that waits for it ends with {@link SinkUnavailableException}. */
    @Override
    void close();
}
