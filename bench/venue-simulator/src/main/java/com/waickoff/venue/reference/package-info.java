/**
 * What the numbers should be: windows, profiles and books computed the slow, obvious way.
 *
 * <p>Exact decimals in sorted maps, everything recomputed from the whole tape each time it is asked
 * for. Nothing here is shared with the code it is compared with.
 */
@NullMarked
package com.waickoff.venue.reference;

import org.jspecify.annotations.NullMarked;
