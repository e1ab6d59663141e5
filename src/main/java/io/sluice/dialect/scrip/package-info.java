/**
 * Scrip's API: programmes, assets with or without lots, participants and groups, and transfers from
 * one source to many recipients. Each error of the contract is a method of {@code Errors}. Sees no
 * other dialect and no SQL.
 */
package io.sluice.dialect.scrip;
