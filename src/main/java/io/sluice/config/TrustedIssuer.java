package io.sluice.config;

import java.net.URI;

/**
 * Somebody else whose tokens are accepted.
 *
 * @param name how the configuration calls it
 * @param issuer the {@code iss} that its tokens carry
 * @param jwksUri where its public keys are
 * @param audience the {@code aud} that its tokens carry
 * @param dialect the one API that its tokens are for
 * @param tenant the name of the one tenant that its tokens act for
 */
public record TrustedIssuer(
    String name, String issuer, URI jwksUri, String audience, String dialect, String tenant) {}
