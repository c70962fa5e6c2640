/**
 * Messages of JSON-RPC 2.0, as they are read and as they are written, whatever transport carries them
 * and whatever revision of the protocol they belong to.
 */
@NullMarked
package com.waickoff.marketdata.mcp.message;

import org.jspecify.annotations.NullMarked;
