package com.waickoff.venue.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A thread that produces blocks of frames ahead of the player, as many as it may. All there is of a
 * small recording is ready before the first subscriber comes.
 */
final class ReadAhead implements FrameSource.ItemTaker {
    private static final byte[] TOPIC = WireScan.key("topic");
    private static final byte[] STREAM = WireScan.key("stream");
    private static final byte[] DATA = WireScan.key("data");
    /** The name of a stream stands at the front, unless somebody shuffled the keys. */
    private static final int NAME_REACH = 160;

    /** Ends the production from within. */
    private static final class Stopped extends RuntimeException {
        Stopped() {
            super("production stopped", null, false, false);
        }
    }

    private final FrameSource source;
    private final MarketStreams streams;
    private final boolean findTimes;
    private final BlockingQueue<FrameBlock> ready;
    private final BlockingQueue<FrameBlock> free;
    private final Thread thread;
    private final int mostBlocks;
    private int blocks;
    private FrameBlock block = new FrameBlock();
    private volatile boolean finished;
    private volatile @Nullable Throwable failure;

    /**
     * @param mostBytes of frames that wait to be played
     * @param findTimes whether their times will be moved
     */
    ReadAhead(FrameSource source, MarketStreams streams, long mostBytes, boolean findTimes) {
        this.source = source;
        this.streams = streams;
        this.findTimes = findTimes;
        this.mostBlocks = (int) Math.max(4, mostBytes / FrameBlock.BYTES);
        this.ready = new ArrayBlockingQueue<>(mostBlocks);
        this.free = new ArrayBlockingQueue<>(mostBlocks);
        this.thread = Thread.ofPlatform().name("venue-frames").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** The next block, or null if there is none yet or none any more. */
    @Nullable
    FrameBlock poll() {
        return ready.poll();
    }

    /** Gives back a block that has been played. */
    void recycle(FrameBlock played) {
        played.clear();
        // There is room: no more blocks are made than fit.
        free.add(played);
    }

    /** Whether no block will come that is not ready now. */
    boolean isFinished() {
        return finished;
    }

    /** What ended the production before its end, if anything did. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    @Override
    public void take(long timeNs, char kind, byte[] bytes, int offset, int length) {
        if (kind == 'R') {
            takeFrame(timeNs, bytes, offset, length);
        } else if (kind == 'H') {
            takeAnswer(timeNs, bytes, offset, length);
        }
    }

    /** Ends the production, wherever it is. */
    void stop() throws InterruptedException {
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join();
        }
    }

    private void run() {
        try {
            source.produce(this);
            if (block.count() > 0) {
                handOver();
            }
        } catch (Stopped e) {
            // Nobody waits for more.
        } catch (IOException | RuntimeException | Error e) {
            failure = e;
        } finally {
            finished = true;
        }
    }

    private void takeFrame(long timeNs, byte[] bytes, int offset, int length) {
        int end = offset + length;
        int near = Math.min(end, offset + NAME_REACH);
        int name = WireScan.value(bytes, offset, near, TOPIC);
        boolean wrapped = name == WireScan.MISSING;
        if (wrapped) {
            name = WireScan.value(bytes, offset, near, STREAM);
            if (name == WireScan.MISSING) {
                name = WireScan.value(bytes, offset, end, STREAM);
            }
        }
        if (name == WireScan.MISSING || bytes[name] != '"') {
            return;
        }
        int nameEnd = ++name;
        while (nameEnd < end && bytes[nameEnd] != '"') {
            nameEnd++;
        }
        int stream = streams.find(bytes, name, nameEnd);
        if (stream == MarketStreams.MISSING) {
            return;
        }
        int start = add(timeNs, stream, bytes, offset, length);
        if (wrapped) {
            int data = WireScan.value(bytes, nameEnd, end, DATA);
            int last = end - 1;
            while (last > offset && bytes[last] != '}') {
                last--;
            }
            if (data != WireScan.MISSING && data < last) {
                block.inner(start + data - offset, last - data);
            }
        }
    }

    private void takeAnswer(long timeNs, byte[] bytes, int offset, int length) {
        int tab = offset;
        while (tab < offset + length && bytes[tab] != '\t') {
            tab++;
        }
        String url = new String(bytes, offset, tab - offset, StandardCharsets.UTF_8);
        if (url.contains("/depth?") && tab < offset + length) {
            int start = add(timeNs, FrameBlock.ANSWER, bytes, offset, length);
            int body = tab + 1 - offset;
            block.inner(start + body, length - body);
        }
    }

    private int add(long timeNs, int stream, byte[] bytes, int offset, int length) {
        if (!block.hasRoom(length)) {
            handOver();
        }
        int start = block.add(timeNs, stream, bytes, offset, length);
        if (findTimes) {
            block.findTimes();
        }
        return start;
    }

    private void handOver() {
        try {
            ready.put(block);
            FrameBlock next = free.poll();
            if (next == null && ++blocks < mostBlocks) {
                next = new FrameBlock();
            }
            block = next == null ? free.take() : next;
        } catch (InterruptedException e) {
            throw new Stopped();
        }
    }
}
