/**
 * All that is served, whatever carries it: tools, resources, prompts, completions, instructions.
 * Nothing here knows the protocol's libraries.
 */
@NullMarked
package com.waickoff.marketdata.mcp.catalogue;

import org.jspecify.annotations.NullMarked;
