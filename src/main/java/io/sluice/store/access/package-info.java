/**
 * The statements behind who may call: credentials, tokens in force, tenants and their limits. Only
 * {@code access} and {@code operations} lead here, and what puts the parts together.
 */
package io.sluice.store.access;
