package io.sluice.gateway;

import io.sluice.config.HttpSettings;
import io.sluice.config.TlsSettings;

/**
 * Where and how a gateway listens.
 *
 * @param name of the section of the configuration that it comes from
 * @param hosts the names by which it may be called
 */
public record Port(String name, HttpSettings settings, TlsSettings tls, Hosts hosts) {}
