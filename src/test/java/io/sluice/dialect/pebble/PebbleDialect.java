package io.sluice.dialect.pebble;

import io.sluice.dialect.Operations;
import io.sluice.dialect.Room;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import java.util.List;

/** A made-up provider's API. */
public final class PebbleDialect extends Room {

  private static final Sign SIGN =
      new Sign(
          Names.DIALECT,
          "Pebble: POST " + Names.ROOT + "/moves",
          path -> Text.isPathUnder(Names.ROOT, path),
          Errors::fault);

  public PebbleDialect(Services services) {
    var directory = new Directory(services.holders());
    var transfers = new Transfers(services, directory);
    var jars = new Jars(services.holders());
    var administration = new Administration(services);
    var token = Gate.token(directory);
    var demo = new Demo(administration, token);
    var endpoints =
        new Operations<Caller>()
            .post("movePebbles", Names.ROOT + "/moves", Names.WRITE, transfers::create)
            .get("getMove", Names.ROOT + "/moves/:id", Names.READ, transfers::get)
            .get("getJar", Names.ROOT + "/jars/:name", Names.READ, jars::get)
            .behind(new Gate(services.tokens(), services.rateLimiter()), Caller::principal);
    super(
        SIGN, new Parts(endpoints, administration.operations(), List.of(token), demo::demonstrate));
  }
}
