/**
 * HTTP, and nothing about any provider: routes, limits, deadlines, request ids, meters, the access
 * log, draining, the served documents. {@code Assembly} and {@code Dialects} here put all parts but
 * the management port together. Leads to {@code dialect} and what is below; only {@code operations}
 * and the program itself lead here.
 */
package io.sluice.gateway;
