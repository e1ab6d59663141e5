/**
 * Puts the rooms together and starts them: the command line, the order of starting and stopping,
 * the choice of the database, the page that the console shows. Sees every room; no room sees it.
 */
package io.sluice;
