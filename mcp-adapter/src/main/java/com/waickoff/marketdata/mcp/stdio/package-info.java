/**
 * The protocol on standard input and output: one message on each line, one client for each process.
 *
 * <p>It stands ahead of the SDK, whose own transport ends at the first line that is no JSON and leaves
 * requests unanswered that come too early.
 */
@NullMarked
package com.waickoff.marketdata.mcp.stdio;

import org.jspecify.annotations.NullMarked;
