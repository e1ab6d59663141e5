/**
 * Sealed books: the chain of entries, the Merkle tree over it, proofs and heads. Pure Java; what
 * anybody needs to check a receipt is here.
 */
package io.sluice.seal;
