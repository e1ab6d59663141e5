package io.sluice.dialect.pebble;

import io.sluice.dialect.Answer;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.Operations;
import io.sluice.dialect.Services;
import io.sluice.dialect.Text;
import io.sluice.ledger.TenantId;
import io.vertx.core.Future;
import java.util.List;

/** A made-up provider's API. */
public final class PebbleDialect implements Dialect {
  private final List<Endpoint> endpoints;
  private final Administration administration;
  private final Demo demo;

  public PebbleDialect(Services services) {
    var transfers = new Transfers(services, new Directory(services.holders()));
    var jars = new Jars(services.holders());
    administration = new Administration(services);
    demo = new Demo(administration);
    endpoints =
        new Operations<Caller>()
            .post("movePebbles", Names.ROOT + "/moves", Names.WRITE, transfers::create)
            .get("getMove", Names.ROOT + "/moves/:id", Names.READ, transfers::get)
            .get("getJar", Names.ROOT + "/jars/:name", Names.READ, jars::get)
            .behind(new Gate(services.tokens(), services.rateLimiter()));
  }

  @Override
  public String name() {
    return Names.DIALECT;
  }

  @Override
  public String title() {
    return "Pebble: POST " + Names.ROOT + "/moves";
  }

  @Override
  public List<Endpoint> endpoints() {
    return endpoints;
  }

  @Override
  public Operations<TenantId> administration() {
    return administration.operations();
  }

  @Override
  public boolean owns(String path) {
    return Text.isPathUnder(Names.ROOT, path);
  }

  @Override
  public Answer fault(Fault fault) {
    return Errors.fault(fault);
  }

  @Override
  public Future<String> demonstrate(Demonstration demonstration) {
    return demo.demonstrate(demonstration);
  }
}
