package com.waickoff.marketdata.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.agrona.BufferUtil;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class SeqLockTest {
    private static final int SECTION_LENGTH = 1024;
    private static final int WRITES = 200_000;

    private final AtomicBuffer buffer = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(SeqLock.LENGTH + SECTION_LENGTH, SeqLock.LENGTH));
    private final SeqLock writer = new SeqLock(buffer, 0);
    private final SeqLock reader = new SeqLock(buffer, 0);

    @Test
    void shouldReadSequenceZeroBeforeTheFirstWrite() {
        assertThat(reader.read(() -> {})).isZero();
    }

    @Test
    void shouldReadWhatWasWrittenWithItsSequence() {
        write(42);
        AtomicLong copied = new AtomicLong();

        long sequence = reader.read(() -> copied.set(buffer.getLong(SeqLock.LENGTH)));

        assertThat(sequence).isEqualTo(42);
        assertThat(copied).hasValue(42);
    }

    @Test
    void shouldCopyAgainWhenAWriteCameInBetween() {
        write(1);
        AtomicLong copies = new AtomicLong();

        long sequence = reader.read(() -> {
            if (copies.incrementAndGet() == 1) {
                write(2);
            }
        });

        assertThat(sequence).isEqualTo(2);
        assertThat(copies).hasValue(2);
    }

    @Test
    void shouldReportExhaustedRetriesWhenTheWriterDiedInAWrite() {
        write(1);
        writer.beginWrite();

        assertThat(reader.read(() -> {})).isEqualTo(SeqLock.RETRIES_EXHAUSTED);
    }

    @Test
    void shouldGoOnCountingWhereAnEarlierLockStopped() {
        write(1);
        SeqLock successor = new SeqLock(buffer, 0);
        AtomicLong copies = new AtomicLong();

        long sequence = reader.read(() -> {
            if (copies.incrementAndGet() == 1) {
                successor.beginWrite();
                successor.endWrite(7);
            }
        });

        assertThat(sequence).isEqualTo(7);
        assertThat(copies).hasValue(2);
    }

    /** Every long of the section holds the sequence of its write: a torn copy shows. */
    @Test
    void shouldNeverHandOutATornSectionUnderAConcurrentWriter() throws Exception {
        long[] copy = new long[SECTION_LENGTH / Long.BYTES];
        AtomicLong torn = new AtomicLong();
        AtomicLong backwards = new AtomicLong();
        Thread writing = Thread.ofPlatform().start(() -> {
            for (int i = 1; i <= WRITES; i++) {
                write(i);
            }
        });
        long last = 0;
        while (last < WRITES) {
            long sequence = reader.read(() -> {
                for (int i = 0; i < copy.length; i++) {
                    copy[i] = buffer.getLong(SeqLock.LENGTH + i * Long.BYTES);
                }
            });
            if (sequence == SeqLock.RETRIES_EXHAUSTED) {
                continue;
            }
            for (long word : copy) {
                if (word != sequence) {
                    torn.incrementAndGet();
                }
            }
            if (sequence < last) {
                backwards.incrementAndGet();
            }
            last = sequence;
        }
        writing.join();

        assertThat(torn).hasValue(0);
        assertThat(backwards).hasValue(0);
    }

    @Test
    void shouldTellTheCureWhenASecondThreadWrites() throws Exception {
        write(1);
        assertThat(thrownByAnotherThread(this::writeOnce))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("single writer")
                .hasMessageContaining("handOver()");
    }

    @Test
    void shouldAcceptAnotherWriterAfterHandOver() throws Exception {
        write(1);
        writer.handOver();
        Thread.ofPlatform().start(this::writeOnce).join();

        assertThat(reader.read(() -> {})).isEqualTo(9);
    }

    @Test
    void shouldRefuseUnpairedCalls() {
        assertThatThrownBy(() -> writer.endWrite(1)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("Begin each write first");
        writer.beginWrite();
        assertThatThrownBy(writer::beginWrite).isInstanceOf(AssertionError.class)
                .hasMessageContaining("End each write");
    }

    @Test
    void shouldRefuseAnOffsetThatWouldTearItsWords() {
        assertThatThrownBy(() -> new SeqLock(buffer, 4))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("4");
    }

    private void writeOnce() {
        write(9);
    }

    private void write(long sequence) {
        writer.beginWrite();
        for (int i = 0; i < SECTION_LENGTH; i += Long.BYTES) {
            buffer.putLong(SeqLock.LENGTH + i, sequence);
        }
        writer.endWrite(sequence);
    }

    private static Throwable thrownByAnotherThread(Runnable action) throws InterruptedException {
        Throwable[] thrown = new Throwable[1];
        Thread thread = Thread.ofPlatform().unstarted(action);
        thread.setUncaughtExceptionHandler((where, what) -> thrown[0] = what);
        thread.start();
        thread.join();
        return thrown[0];
    }
}
