/**
 * Sealed books in PostgreSQL: what an entry is made of, who adds entries and when, and how they are
 * found again.
 */
package io.sluice.store.seal;
