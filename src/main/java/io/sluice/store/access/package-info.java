/** The statements behind who may call: credentials, tokens in force, tenants and their limits. */
package io.sluice.store.access;
