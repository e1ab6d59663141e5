/**
 * The command line: one class a command, and what the process prints and ends with. Sees every
 * room; no room sees it.
 */
package io.sluice.command;
