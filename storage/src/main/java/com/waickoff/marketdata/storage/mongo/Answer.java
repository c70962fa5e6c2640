package com.waickoff.marketdata.storage.mongo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * What a server answers, waited for by one thread: no more is asked of the server at once than fits,
 * and no more after enough has come.
 *
 * <p>Threads: the driver's write, one waits, any may give up.
 */
final class Answer<T> implements Subscriber<T> {
    private static final long AT_ONCE = 64;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<T> items = new ArrayList<>();
    private final Predicate<T> wantsMore;
    private long asked;
    private volatile @Nullable Subscription subscription;
    private volatile @Nullable Throwable failure;

    /** The deadline has passed, or the question was given up. */
    static final class NoAnswerException extends Exception {
        private static final long serialVersionUID = 1;

        NoAnswerException(String message) {
            super(message);
        }
    }

    /**
     * Everything that comes is kept.
     *
     * @param wantsMore asked of each item when it has been kept
     */
    Answer(Predicate<T> wantsMore) {
        this.wantsMore = wantsMore;
    }

    /**
     * Waits for the end of it.
     *
     * @throws NoAnswerException if there is none in time
     * @throws RuntimeException what the driver says instead of an answer
     */
    List<T> await(Duration deadline) throws NoAnswerException {
        try {
            if (!ended.await(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                giveUp(new NoAnswerException("no answer within " + deadline.toMillis() + " ms"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(new NoAnswerException("interrupted while waiting for an answer"));
        }
        Throwable thrown = failure;
        if (thrown instanceof NoAnswerException none) {
            throw none;
        }
        if (thrown instanceof RuntimeException driver) {
            throw driver;
        }
        if (thrown != null) {
            throw new IllegalStateException("the driver failed", thrown);
        }
        synchronized (items) {
            return List.copyOf(items);
        }
    }

    /** Nobody waits any longer, unless it has ended. */
    void giveUp(Throwable reason) {
        if (ended.getCount() > 0) {
            failure = reason;
            Subscription current = subscription;
            if (current != null) {
                current.cancel();
            }
            ended.countDown();
        }
    }

    @Override
    public void onSubscribe(Subscription newSubscription) {
        subscription = newSubscription;
        asked = AT_ONCE;
        newSubscription.request(AT_ONCE);
    }

    @Override
    public void onNext(T item) {
        synchronized (items) {
            items.add(item);
        }
        Subscription current = subscription;
        if (current == null || ended.getCount() == 0) {
            return;
        }
        if (!wantsMore.test(item)) {
            current.cancel();
            ended.countDown();
        } else if (--asked == 0) {
            asked = AT_ONCE;
            current.request(AT_ONCE);
        }
    }

    @Override
    public void onError(Throwable thrown) {
        if (ended.getCount() > 0) {
            failure = thrown;
            ended.countDown();
        }
    }

    @Override
    public void onComplete() {
        ended.countDown();
    }
}
