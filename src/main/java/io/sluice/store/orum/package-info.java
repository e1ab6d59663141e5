/**
 * What only the Orum dialect lists. Only {@code dialect.orum} leads here, and {@code Dialects},
 * which hands it its store.
 */
package io.sluice.store.orum;
