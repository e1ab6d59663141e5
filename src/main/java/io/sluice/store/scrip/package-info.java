/**
 * What only the Scrip dialect keeps: which assets belong to which programme, who takes part in
 * what, and who is in which group. Only {@code dialect.scrip} leads here, and {@code Dialects},
 * which hands it its stores.
 */
package io.sluice.store.scrip;
