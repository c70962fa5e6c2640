package com.waickoff.venue.wire;

/** Takes what comes over the wire. */
@FunctionalInterface
public interface FrameListener {
    /** Takes the next item; the frame is valid during the call only, its buffer is reused. */
    void onFrame(Frame frame);
}
