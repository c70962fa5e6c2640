/**
 * The door for agents and probes: MCP tools over the snapshot file and the history, health and
 * metrics.
 *
 * <p>Reads the engine's files, writes none of them.
 */
@NullMarked
package com.waickoff.marketdata.mcp;

import org.jspecify.annotations.NullMarked;
