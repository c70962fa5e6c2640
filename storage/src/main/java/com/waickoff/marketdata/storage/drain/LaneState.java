package com.waickoff.marketdata.storage.drain;

import java.util.Locale;

/** What a lane is about. */
public enum LaneState {
    /** It finds out what its sink has, and makes the studies' state. */
    STARTING,
    /** There is no journal yet. */
    WAITING,
    /** It is behind the journal. */
    CATCHING_UP,
    /** Its sink has all there is. */
    FOLLOWING,
    /** Its sink does not answer; it tries again. */
    RETRYING,
    /** It was asked to stop and did. */
    STOPPED,
    /** It cannot go on. */
    FAILED;

    /** As it is shown: lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
