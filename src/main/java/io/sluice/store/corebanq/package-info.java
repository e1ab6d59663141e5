/**
 * What only the ledger API keeps: which ledger is below which. Only {@code dialect.corebanq} leads
 * here, and {@code Dialects}, which hands it its stores.
 */
package io.sluice.store.corebanq;
