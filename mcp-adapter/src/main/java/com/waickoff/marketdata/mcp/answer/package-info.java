/**
 * What a tool gives back: an answer that stays below a size, or a failure that names the next step.
 */
@NullMarked
package com.waickoff.marketdata.mcp.answer;

import org.jspecify.annotations.NullMarked;
