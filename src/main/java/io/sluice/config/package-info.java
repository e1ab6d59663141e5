/**
 * Every configuration key with its default, bounds and meaning, read from file, environment and
 * command line; whatever is wrong is told at once and with its place. Lies below all other rooms
 * and sees none of them.
 */
package io.sluice.config;
