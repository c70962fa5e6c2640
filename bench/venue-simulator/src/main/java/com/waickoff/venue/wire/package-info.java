/**
 * The venues' wire shapes: what a market does, told in the frames the real venue would send.
 *
 * <p>Written from the venues' public documentation. Encoders write into one reused buffer and
 * allocate nothing for a frame once their buffers have grown.
 */
@NullMarked
package com.waickoff.venue.wire;

import org.jspecify.annotations.NullMarked;
