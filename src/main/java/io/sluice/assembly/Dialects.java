package io.sluice.assembly;

import io.sluice.config.ConfigReader;
import io.sluice.config.Section;
import io.sluice.dialect.corebanq.CorebanqDialect;
import io.sluice.dialect.isometric.IsometricDialect;
import io.sluice.dialect.orum.OrumDialect;
import io.sluice.dialect.scrip.ScripDialect;
import io.sluice.store.corebanq.CorebanqStores;
import io.sluice.store.isometric.IsometricStores;
import io.sluice.store.orum.OrumStores;
import io.sluice.store.scrip.ScripStores;
import java.util.List;

/** The one list of dialects. A further provider is a room of its own and one line here. */
public final class Dialects {
  private static final Section<io.sluice.dialect.isometric.Settings> ISOMETRIC =
      io.sluice.dialect.isometric.Settings.SECTION;
  private static final Section<io.sluice.dialect.scrip.Settings> SCRIP =
      io.sluice.dialect.scrip.Settings.SECTION;

  private static final Section<io.sluice.dialect.corebanq.Settings> COREBANQ =
      io.sluice.dialect.corebanq.Settings.SECTION;

  /** In the order in which they are listed and printed. */
  public static final List<Provider> ALL =
      List.of(
          new Provider(
              "isometric",
              List.of(ISOMETRIC),
              parts ->
                  new IsometricDialect(
                      parts.services(),
                      IsometricStores.on(parts.pools()),
                      parts.settings(ISOMETRIC))),
          new Provider(
              "orum",
              List.of(),
              parts ->
                  new OrumDialect(parts.services(), OrumStores.on(parts.pools()), parts.events())),
          new Provider(
              "scrip",
              List.of(SCRIP),
              parts ->
                  new ScripDialect(
                      parts.services(),
                      ScripStores.on(parts.pools()),
                      parts.events(),
                      parts.settings(SCRIP))),
          new Provider(
              "corebanq",
              List.of(COREBANQ),
              parts ->
                  new CorebanqDialect(
                      parts.services(),
                      CorebanqStores.on(parts.pools(), parts.services().clock()),
                      parts.settings(COREBANQ),
                      parts.events().secrets(),
                      parts.audit())));

  private Dialects() {}

  /** Reads a configuration with the sections that these providers bring. */
  public static ConfigReader configReader(List<Provider> providers) {
    return new ConfigReader(
        providers.stream().<Section<?>>flatMap(p -> p.sections().stream()).toList(),
        List.of(DatabaseChoice::problems));
  }
}
