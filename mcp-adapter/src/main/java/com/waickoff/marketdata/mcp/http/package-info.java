/**
 * The protocol over HTTP, both eras on one path, and the pages beside it. Alone knows the web server.
 *
 * <p>It stands ahead of the SDK, whose own transport for HTTP answers bad requests with stack traces
 * and lets one client that does not read hold up all others.
 */
@NullMarked
package com.waickoff.marketdata.mcp.http;

import org.jspecify.annotations.NullMarked;
