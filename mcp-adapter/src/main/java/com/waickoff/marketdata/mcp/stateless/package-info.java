/**
 * Revision 2026-07-28 of the protocol, whatever transport carries it: no session, no handshake; each
 * request says which revision it speaks and what its client can do, and is answered by itself.
 *
 * <p>Knows neither a transport nor the SDK's server, which ends one revision earlier.
 */
@NullMarked
package com.waickoff.marketdata.mcp.stateless;

import org.jspecify.annotations.NullMarked;
