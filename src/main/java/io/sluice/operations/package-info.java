/**
 * The management port, for operators and never for clients: health, metrics, tenants, credentials,
 * and what dialects offer to administrators, behind the admin token. Stands at the top beside the
 * gateway, by whose code it is served, and may see every room.
 */
package io.sluice.operations;
