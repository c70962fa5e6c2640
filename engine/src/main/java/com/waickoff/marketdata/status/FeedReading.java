package com.waickoff.marketdata.status;

import com.waickoff.marketdata.memory.SeqLock;
import com.waickoff.marketdata.memory.TextField;
import com.waickoff.marketdata.status.StatusFormat.FeedEntry;
import org.agrona.concurrent.AtomicBuffer;

/**
 * A copy of the state of a feed.
 *
 * @param name of the feed
 * @param state what it is doing; {@link FeedState#UNKNOWN} also where its writer died while changing
 *     it
 * @param sinceNs when that began, in ns since the epoch
 * @param epoch counts the feed's connections
 * @param detail why, for people; may be empty
 * @param lastFrameNs when the last complete frame was received, in ns since the epoch; 0 for never
 */
public record FeedReading(String name, FeedState state, long sinceNs, long epoch, String detail,
        long lastFrameNs) {

    static FeedReading copy(String name, AtomicBuffer buffer, int offset) {
        FeedReading[] copied = new FeedReading[1];
        long read = new SeqLock(buffer, offset + FeedEntry.LOCK_OFFSET).read(
                () -> copied[0] = new FeedReading(name,
                        FeedState.of(buffer.getInt(offset + FeedEntry.STATE_OFFSET_32)),
                        buffer.getLong(offset + FeedEntry.SINCE_OFFSET_64),
                        buffer.getLong(offset + FeedEntry.EPOCH_OFFSET_64),
                        TextField.get(buffer, offset + FeedEntry.DETAIL_OFFSET,
                                FeedEntry.DETAIL_LENGTH),
                        buffer.getLongVolatile(offset + FeedEntry.LAST_FRAME_OFFSET_64)));
        if (read == SeqLock.RETRIES_EXHAUSTED) {
            return new FeedReading(name, FeedState.UNKNOWN, 0, 0, "its writer died in a write",
                    buffer.getLongVolatile(offset + FeedEntry.LAST_FRAME_OFFSET_64));
        }
        return copied[0];
    }
}
