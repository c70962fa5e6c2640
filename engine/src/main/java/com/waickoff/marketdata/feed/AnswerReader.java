package com.waickoff.marketdata.feed;

/**
 * Reads a long REST answer, an array of objects somewhere in it, some objects at a time: while it is
 * read no frame is.
 *
 * <p>Cold: may allocate. Threads: the feed thread.
 */
public abstract class AnswerReader {
    /** Stands where reading goes on. */
    protected final JsonCursor cursor = new JsonCursor();
    private boolean isInArray;

    /** A reader of nothing yet. */
    protected AnswerReader() {}

    /** Begins with another answer, which has to stay where it is until all of it is read. */
    public void begin(long address, int length) {
        cursor.wrap(address, length);
        isInArray = false;
    }

    /**
     * Reads some more; what stands before something unusable is kept.
     *
     * @param most objects that are read
     * @return whether there may be more
     */
    public final boolean readOn(int most) {
        for (int i = 0; i < most; i++) {
            if (isInArray && cursor.next() == JsonCursor.BEGIN_OBJECT) {
                readObject();
            } else {
                isInArray = enterArray();
                if (!isInArray) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Goes into the array that is next, reading what stands before it. @return false if none is */
    protected abstract boolean enterArray();

    /** Reads an object of the array, into which the cursor has gone, to its end. */
    protected abstract void readObject();
}
