/**
 * A fifth provider, made up: pebbles lie in jars and are moved from one to another. It is a whole
 * dialect that no main code knows of, and passes the suite of all dialects; so a provider costs its
 * room, its document and one line in the list.
 */
package io.sluice.dialect.pebble;
