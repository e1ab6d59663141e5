/**
 * The tables on several nodes, by the PostgreSQL extension Citus. It knows the catalog and no table
 * by its name.
 */
package io.sluice.store.shard;
