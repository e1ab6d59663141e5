package io.sluice.loadtest;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.config.HttpSettings;
import io.sluice.config.TlsSettings;
import io.sluice.dialect.Answer;
import io.sluice.dialect.Call;
import io.sluice.dialect.Demonstration;
import io.sluice.dialect.Dialect;
import io.sluice.dialect.Endpoint;
import io.sluice.dialect.Fault;
import io.sluice.dialect.FirstTransfer;
import io.sluice.dialect.Json;
import io.sluice.gateway.Gateway;
import io.sluice.gateway.Hosts;
import io.sluice.gateway.Port;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What a good engineer would put behind HTTP by hand: the same server, JSON reading and routing as
 * the product, and then one call of the hand-written function for each transfer, over sixteen
 * connections. The ledgers' UUIDs carry the hand-written account numbers in their low half.
 */
public final class FunctionGateway implements Dialect {
  private static final String CALL = "SELECT hand_transfer($1, $2, $3, $4)";
  private static final int CONNECTIONS = 16;
  private static final int WAIT_QUEUE = 8_192;

  private final Pool pool;

  private FunctionGateway(Pool pool) {
    this.pool = pool;
  }

  /** Arguments: the port. The database comes from {@code DATABASE_URL}. */
  public static void main(String[] args) {
    Vertx vertx = Vertx.vertx();
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(CONNECTIONS).setMaxWaitQueueSize(WAIT_QUEUE))
            .connectingTo(PgConnectOptions.fromUri(System.getenv("DATABASE_URL")))
            .using(vertx)
            .build();
    Gateway.start(
            vertx,
            new Port(
                "http",
                HttpSettings.SECTION.of(Map.of("http.port", args[0])),
                TlsSettings.HTTP.defaults(),
                Hosts.ANY),
            List.of(new FunctionGateway(pool)),
            new SimpleMeterRegistry())
        .onFailure(
            failure -> {
              System.err.println(failure);
              System.exit(1);
            });
  }

  @Override
  public String name() {
    return "function";
  }

  @Override
  public String title() {
    return "PostgreSQL function";
  }

  @Override
  public List<Endpoint> endpoints() {
    return List.of(
        Endpoint.open(
            "transferFunds",
            HttpMethod.POST,
            "/v1/ledgers/:id/transfer",
            Endpoint.Consumes.JSON,
            this::transfer),
        Endpoint.open(
            "listLedgers",
            HttpMethod.GET,
            "/v1/ledgers",
            Endpoint.Consumes.NOTHING,
            call -> Future.succeededFuture(Answer.json(200, Buffer.buffer("{}")))));
  }

  private Future<Answer> transfer(Call call) {
    JsonNode body = Json.parse(call.body());
    long key = UUID.fromString(body.get("transaction_id").textValue()).getLeastSignificantBits();
    long source = UUID.fromString(call.pathParameter("id")).getLeastSignificantBits();
    long destination =
        UUID.fromString(body.get("destination_ledger_id").textValue()).getLeastSignificantBits();
    Tuple parameters = Tuple.of(key, source, destination, body.get("amount").longValue());
    return pool.preparedQuery(CALL)
        .execute(parameters)
        .map(
            rows ->
                Answer.json(
                    201,
                    Buffer.buffer("{\"transfer_id\":" + rows.iterator().next().getLong(0) + "}")));
  }

  @Override
  public Future<FirstTransfer> demonstrate(Demonstration demonstration) {
    return Future.failedFuture(new UnsupportedOperationException("for measuring only"));
  }

  @Override
  public boolean owns(String path) {
    return true;
  }

  @Override
  public Answer fault(Fault fault) {
    return Answer.json(500, Buffer.buffer("{}"));
  }
}
