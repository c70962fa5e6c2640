/**
 * The volume profile: trades into bars and rows of six timeframes.
 *
 * <p>{@link com.waickoff.marketdata.profile.ProfileStudy} is the only writer of an instrument's
 * windows; point of control and value area are pure functions of the rows and left to readers.
 */
@NullMarked
package com.waickoff.marketdata.profile;

import org.jspecify.annotations.NullMarked;
