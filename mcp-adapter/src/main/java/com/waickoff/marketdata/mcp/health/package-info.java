/** Pages for probes and monitoring: how everything is doing, as JSON and as Prometheus reads it. */
@NullMarked
package com.waickoff.marketdata.mcp.health;

import org.jspecify.annotations.NullMarked;
