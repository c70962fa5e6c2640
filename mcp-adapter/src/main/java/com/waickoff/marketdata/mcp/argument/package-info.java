/**
 * What a tool can be asked with: one definition gives both the schema that clients see and the check
 * of what they send.
 */
@NullMarked
package com.waickoff.marketdata.mcp.argument;

import org.jspecify.annotations.NullMarked;
