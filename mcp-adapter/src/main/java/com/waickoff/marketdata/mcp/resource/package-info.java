/** What can be read by its URI: answers of the tools under names of their own, and the guide. */
@NullMarked
package com.waickoff.marketdata.mcp.resource;

import org.jspecify.annotations.NullMarked;
