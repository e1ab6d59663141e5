/**
 * How those who do not know of each other share what there is only so much of. Everybody may lead
 * here; it leads nowhere.
 */
package io.sluice.share;
