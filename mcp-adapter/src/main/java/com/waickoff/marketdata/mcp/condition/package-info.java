/**
 * How the engine, its feeds, its sinks and the history are doing: read once, for agents, for probes
 * and for monitoring alike. Words are fixed codes; nothing of an exception, a path or an address.
 */
@NullMarked
package com.waickoff.marketdata.mcp.condition;

import org.jspecify.annotations.NullMarked;
