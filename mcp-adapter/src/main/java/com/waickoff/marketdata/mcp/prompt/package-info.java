/** Questions that are asked often, worded so that the answers are well founded; and completions. */
@NullMarked
package com.waickoff.marketdata.mcp.prompt;

import org.jspecify.annotations.NullMarked;
