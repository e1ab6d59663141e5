package io.sluice.store.access;

/** A tenant's own request rate; 0 per second means no limit. */
public record TenantRate(int perSecond, int burst) {}
