/**
 * Commands in, outcomes out: the one way in which value moves. A bounded waiting room parks what
 * conflicts, lanes carry batches through one database transaction each, and the fate of a broken
 * commit is looked up. Knows no provider. Dialects lead here; it leads to {@code store} and {@code
 * ledger}.
 */
package io.sluice.pipeline;
