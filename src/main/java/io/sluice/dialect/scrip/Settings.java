package io.sluice.dialect.scrip;

import io.sluice.access.RateLimit;
import io.sluice.config.Keys;
import io.sluice.config.Section;

/**
 * What an operator may change of this dialect.
 *
 * @param published the request rate of every organisation that has none of its own
 */
public record Settings(RateLimit published) {
  public static final Section<Settings> SECTION = new Section<>(Settings::read);

  private static Settings read(Keys keys) {
    return new Settings(
        new RateLimit(
            keys.about(
                    "Requests that a Scrip tenant may send each second. The default is what Scrip"
                        + " publishes; 0 switches the limit off.")
                .integer("scrip.rateLimit.perSecond", 10, 0, RateLimit.MAX_RATE),
            keys.about("Requests that it may send at once. The default is what Scrip publishes.")
                .integer("scrip.rateLimit.burst", 30, 1, RateLimit.MAX_RATE)));
  }
}
