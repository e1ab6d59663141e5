/**
 * Orum's Deliver API: book transfers of dollars between subledgers and the enterprise balance. Each
 * error of the contract is a method of {@code Errors}. Sees no other dialect and no SQL.
 */
package io.sluice.dialect.orum;
