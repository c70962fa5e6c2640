/**
 * The tools: what each is called, can be asked with, and answers. Nothing here knows the protocol.
 */
@NullMarked
package com.waickoff.marketdata.mcp.tool;

import org.jspecify.annotations.NullMarked;
