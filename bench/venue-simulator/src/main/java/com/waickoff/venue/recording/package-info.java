/** Recordings: their lines, what is written into them, and what is broken in them on purpose. */
@NullMarked
package com.waickoff.venue.recording;

import org.jspecify.annotations.NullMarked;
