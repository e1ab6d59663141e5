/**
 * What one provider's API is to the rest of Sluice ({@code Dialect}), and what all of them share:
 * strict JSON, values, timestamps, cursors, the words for what goes wrong outside a handler. Each
 * provider has a room of its own below this one. The gateway leads here; this leads to {@code
 * pipeline}, {@code access}, {@code store} and {@code ledger}, never to SQL, and never to the rooms
 * below it.
 */
package io.sluice.dialect;
