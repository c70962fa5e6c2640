/**
 * Who wants to know that a resource has changed, and how they are told without anybody waiting for
 * anybody: each subscriber has a set of what is new and a writer of its own.
 */
@NullMarked
package com.waickoff.marketdata.mcp.subscribe;

import org.jspecify.annotations.NullMarked;
