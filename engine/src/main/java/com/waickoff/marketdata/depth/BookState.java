package com.waickoff.marketdata.depth;

/** How far a book can be believed. The codes are written to the snapshot file: only append. */
public enum BookState {
    /** Not the venue's book yet: nothing was received, or a snapshot not joined to the updates. */
    REBUILDING,
    /** The venue's book as of its last update. */
    SYNCED,
    /** Was the venue's book once; what changed since is unknown. */
    STALE;
}
