/**
 * What only the Isometric dialect keeps: projects, issuances, the origins of batches, lists of
 * transferees, and the listings that its API wants. Only {@code dialect.isometric} leads here, and
 * {@code Dialects}, which hands it its stores.
 */
package io.sluice.store.isometric;
