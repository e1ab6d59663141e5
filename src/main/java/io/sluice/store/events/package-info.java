/** Who wants to hear of what, and what has been told to whom: the tables of events. */
package io.sluice.store.events;
