/**
 * Isometric's Registry API: transfers of carbon credits, batch by batch, between organisations; and
 * what the registry itself does, on the management port. Each error of the contract is a method of
 * {@code Errors}. Sees no other dialect and no SQL.
 */
package io.sluice.dialect.isometric;
