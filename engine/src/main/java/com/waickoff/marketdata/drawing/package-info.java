/**
 * Reports drawn with characters: profiles, footprints, ladders, series, the live screen. A drawing is a
 * list of lines, a pure function of what is drawn, the width and the colours.
 */
@NullMarked
package com.waickoff.marketdata.drawing;

import org.jspecify.annotations.NullMarked;
