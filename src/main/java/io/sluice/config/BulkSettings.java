package io.sluice.config;

/**
 * Requests whose bodies are lines, one transfer each.
 *
 * @param windowLines lines of one request that are at work or whose answers wait to be read
 * @param windowBytes what these take in memory, at most, but for a single one that is longer
 * @param maxLines lines of all requests that may be at work at once
 * @param maxLineBytes the longest line
 */
public record BulkSettings(int windowLines, int windowBytes, int maxLines, int maxLineBytes) {
  public static final Section<BulkSettings> SECTION = new Section<>(BulkSettings::read);

  private static BulkSettings read(Keys keys) {
    return new BulkSettings(
        keys.about(
                "How many lines of one bulk request are at work, or have answers that its client"
                    + " has not read, before no more of it is read.")
            .integer("bulk.windowLines", 256, 1, 65_536),
        keys.about("The memory that these lines and their answers may take, in bytes.")
            .integer("bulk.windowBytes", 1_048_576, 65_536, 64 * Bounds.MILLION),
        keys.about(
                "How many lines of all bulk requests may be at work at once. A request that finds"
                    + " no room for its window, or whose tenant has more than is free, is answered"
                    + " as overloaded.")
            .integer("bulk.maxLines", 1_024, 1, Bounds.MILLION),
        keys.about("The longest line of a bulk request, in bytes.")
            .integer("bulk.maxLineBytes", 65_536, 1_024, 16 * Bounds.MILLION));
  }
}
