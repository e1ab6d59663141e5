/** The program. All that is here hands the command line on. */
package io.sluice;
