/** Who may ask: names of hosts, origins, tokens, and how often. Knows no transport. */
@NullMarked
package com.waickoff.marketdata.mcp.access;

import org.jspecify.annotations.NullMarked;
