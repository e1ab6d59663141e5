package io.sluice.dialect.isometric;

import io.sluice.config.Keys;
import io.sluice.config.Section;

/**
 * What an operator may change of this dialect.
 *
 * @param registryUrl where people look at the registry, without a slash at the end
 */
public record Settings(Environment environment, String registryUrl) {
  public static final Section<Settings> SECTION = new Section<>(Settings::read);

  private static Settings read(Keys keys) {
    return new Settings(
        keys.about(
                "Which of Isometric's environments the ids look like. Ids of the other one are not"
                    + " found, so do not change it once something is stored.")
            .oneOf("isometric.environment", Environment.PRODUCTION),
        keys.about(
                "What the addresses of pages about projects, deliveries and retirements begin"
                    + " with.")
            .matching(
                "isometric.registryUrl",
                "https://registry.isometric.com",
                "https?://[^\\s?#]{1,500}[^\\s?#/]",
                "an address of http or https without a slash at its end"));
  }

  /** The address of the page about one thing. */
  String page(String kind, String id) {
    return registryUrl + "/" + kind + "/" + id;
  }
}
