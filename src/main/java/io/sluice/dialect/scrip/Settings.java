package io.sluice.dialect.scrip;

import io.sluice.access.RateLimit;
import io.sluice.config.Keys;
import io.sluice.config.Section;

/**
 * What an operator may change of this dialect.
 *
 * @param published the request rate of every organisation that has none of its own
 * @param dueIntervalMs between two rounds in which lots are matured and expired
 * @param dueAtOnce the most lots of a tenant that are under way at a time
 * @param dueSharePercent how much of the time that may take while there are more
 */
public record Settings(
    RateLimit published, long dueIntervalMs, int dueAtOnce, int dueSharePercent) {
  public static final Section<Settings> SECTION = new Section<>(Settings::read);

  private static Settings read(Keys keys) {
    return new Settings(
        new RateLimit(
            keys.about(
                    "Requests that a Scrip tenant may send each second. The default is what Scrip"
                        + " publishes; 0 switches the limit off.")
                .integer("scrip.rateLimit.perSecond", 10, 0, RateLimit.MAX_RATE),
            keys.about("Requests that it may send at once. The default is what Scrip publishes.")
                .integer("scrip.rateLimit.burst", 30, 1, RateLimit.MAX_RATE)),
        keys.about(
                "Milliseconds between two rounds in which this gateway matures and expires Scrip's"
                    + " lots.")
            .integer("scrip.dueLots.intervalMs", 1_000, 1, 86_400_000),
        keys.about(
                "The most of these lots of a tenant that are under way at a time, beside"
                    + " transfers.")
            .integer("scrip.dueLots.atOnce", 25, 1, 1_000),
        keys.about(
                "How much of its time, in percent, this gateway may spend on them while many are"
                    + " due. For the rest it waits, so that transfers hardly do.")
            .integer("scrip.dueLots.sharePercent", 15, 1, 100));
  }
}
