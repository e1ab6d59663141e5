package io.sluice.config;

import java.time.Duration;

/**
 * How books are sealed.
 *
 * @param interval between two looks for what is to be sealed
 * @param delay that transfers are left to be committed in, before those after them are sealed
 */
public record SealSettings(Duration interval, Duration delay) {
  public static final Section<SealSettings> SECTION = new Section<>(SealSettings::read);

  private static SealSettings read(Keys keys) {
    return new SealSettings(
        Duration.ofMillis(
            keys.about(
                    "How often new transfers are sealed, in milliseconds. Whoever asks for the hash"
                        + " of one has it sealed at once.")
                .integer("seal.intervalMs", 500, 50, 60_000)),
        Duration.ofMillis(
            keys.about(
                    "For how many milliseconds a transfer is left to be committed in before later"
                        + " ones are sealed. What takes longer is sealed too, in a block of its"
                        + " own.")
                .integer("seal.delayMs", 1_000, 0, 60_000)));
  }
}
