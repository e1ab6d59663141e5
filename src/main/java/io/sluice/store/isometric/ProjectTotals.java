package io.sluice.store.isometric;

import java.math.BigInteger;

/**
 * Kilograms of all that was ever issued for a project.
 *
 * @param issued all of it
 * @param issuedToPool what of it went to the buffer pool
 * @param retired what of it was retired, by whomever
 * @param retiredFromPool what of that the buffer pool owned
 */
public record ProjectTotals(
    BigInteger issued, BigInteger issuedToPool, BigInteger retired, BigInteger retiredFromPool) {}
