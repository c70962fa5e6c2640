/**
 * Memory that is shared with other threads and other processes: mapped files, the seqlock over
 * them, and padding against false sharing.
 *
 * <p>The only home of fences: whoever needs one uses a class of this room.
 */
@NullMarked
package com.waickoff.marketdata.memory;

import org.jspecify.annotations.NullMarked;
