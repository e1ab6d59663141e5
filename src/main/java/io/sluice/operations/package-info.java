/** The management port: health, metrics, administration. For operators, never for clients. */
package io.sluice.operations;
