/**
 * Puts the rooms together and starts them: the list of dialects, the order of starting and
 * stopping, the choice of the database, the demo tenant. Sees every room but that of the commands.
 */
package io.sluice.assembly;
