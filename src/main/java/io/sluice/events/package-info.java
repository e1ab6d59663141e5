/**
 * Delivers events to those who asked for them. Knows no provider: how long a receiver has, what is
 * signed and when is tried again is the dialect's {@link io.sluice.dialect.Courier}.
 */
package io.sluice.events;
