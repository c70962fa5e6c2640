/**
 * The stored past: may be away while what is live still answers. Which store it is in is not known
 * here.
 */
@NullMarked
package com.waickoff.marketdata.mcp.history;

import org.jspecify.annotations.NullMarked;
