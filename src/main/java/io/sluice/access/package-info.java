/**
 * Who calls, and how often: credentials, passwords, tokens of Sluice and of others, signing keys,
 * request rates. Says which tenant is calling, not what the tenant may do with it. Stands beside
 * the pipeline: dialects lead here; it leads to {@code store}, {@code ledger} and {@code config}.
 */
package io.sluice.access;
