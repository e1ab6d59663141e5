package io.sluice.dialect;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Work that a dialect does on its own, over and over. Every gateway does it, so it must be such
 * that several may.
 *
 * @param name as logs call it
 * @param pause from the end of one round to the beginning of the next
 * @param work one round, never two at once in one gateway; one that fails is logged, and the next
 *     follows all the same
 */
public record Chore(String name, Duration pause, Supplier<Future<?>> work) {}
