package com.waickoff.marketdata.journal;

/** A queue without documents. */
final class EmptyCursor implements JournalCursor {
    @Override
    public boolean next() {
        return false;
    }

    @Override
    public long address() {
        throw new IllegalStateException("before the first document");
    }

    @Override
    public int length() {
        throw new IllegalStateException("before the first document");
    }

    @Override
    public String place() {
        return "nowhere";
    }

    @Override
    public void toCycleOf(long sequence) {
        // There is no other place.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
