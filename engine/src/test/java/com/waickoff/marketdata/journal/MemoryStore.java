package com.waickoff.marketdata.journal;

import com.waickoff.marketdata.memory.NativeMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A store that another may put in the place of files: documents in memory, one endless cycle. */
final class MemoryStore implements JournalStore {
    final Map<JournalQueue, List<MemorySegment>> documents = new EnumMap<>(JournalQueue.class);
    private final Arena arena = Arena.ofAuto();

    MemoryStore() {
        for (JournalQueue queue : JournalQueue.values()) {
            documents.put(queue, new ArrayList<>());
        }
    }

    @Override
    public long nextSequence() {
        return documents.values().stream().filter(list -> !list.isEmpty())
                .mapToLong(list -> JournalFormat.endSequence(list.getLast().address())).max()
                .orElse(1);
    }

    @Override
    public boolean beginsCycle(JournalQueue queue, long receiveTimeNs) {
        return documents.get(queue).isEmpty();
    }

    @Override
    public void append(JournalQueue queue, long address, int length, long receiveTimeNs) {
        MemorySegment copy = arena.allocate(length, Long.BYTES);
        copy.copyFrom(MemorySegment.ofBuffer(NativeMemory.view(address, length)));
        documents.get(queue).add(copy);
    }

    @Override
    public boolean isDeclaredLost(SequenceRange events) {
        return false;
    }

    @Override
    public JournalCursor cursor(JournalQueue queue) {
        return new JournalCursor() {
            private int index = -1;

            @Override
            public boolean next() {
                if (index + 1 == documents.get(queue).size()) {
                    return false;
                }
                index++;
                return true;
            }

            @Override
            public long address() {
                return current().address();
            }

            @Override
            public int length() {
                return (int) current().byteSize();
            }

            @Override
            public String place() {
                return queue.directoryName() + ", document " + index;
            }

            @Override
            public void toCycleOf(long sequence) {
                index = -1;
            }

            @Override
            public void close() {
                index = -1;
            }

            private MemorySegment current() {
                return documents.get(queue).get(index);
            }
        };
    }

    @Override
    public void close() {
        documents.clear();
    }
}
