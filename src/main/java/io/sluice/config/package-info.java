/**
 * How settings are read, from file, environment and command line, and Sluice's own sections of
 * them; whatever is wrong is told at once and with its place. A new key is one more question in its
 * section and one more component in what that is read into; {@code conf/sluice.properties} and the
 * README list it, and a test compares them. Lies below all other rooms and sees none of them.
 */
package io.sluice.config;
