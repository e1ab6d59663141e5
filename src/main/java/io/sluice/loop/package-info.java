/**
 * Event loops as places where work runs and futures complete. The one room that knows the inside of
 * Vert.x, which has no other words for this. Everybody may lead here; it leads nowhere.
 */
package io.sluice.loop;
