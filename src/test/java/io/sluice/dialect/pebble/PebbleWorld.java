package io.sluice.dialect.pebble;

import io.sluice.dialect.Ask;
import io.sluice.dialect.DialectFixture.Lists;
import io.sluice.dialect.DialectFixture.World;
import io.sluice.ledger.TenantId;
import io.sluice.testing.Await;
import io.sluice.testing.TestClient;
import io.sluice.testing.TestingGateway;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A tenant with a full jar and an empty one. */
final class PebbleWorld implements World {
  private static final String MOVES = "/pebble/moves";
  private static final long UNIT = 7;

  private final TestingGateway gateway;
  private final TenantId tenant;
  private final String name = UUID.randomUUID().toString().substring(0, 8);
  private final String move;

  PebbleWorld(TestingGateway gateway) {
    this.gateway = gateway;
    tenant = gateway.newTenant();
    fill(payer(), 1_000_000);
    fill(payee(), 1);
    move = transfer("first " + name).send(client()).json().get("id").textValue();
  }

  private void fill(String jar, long pebbles) {
    gateway.administer(
        "pebble",
        "POST",
        "/admin/tenants/" + tenant.value() + "/pebble/jars",
        "{\"name\":\"" + jar + "\",\"pebbles\":" + pebbles + "}");
  }

  private String payer() {
    return "full-" + name;
  }

  private String payee() {
    return "empty-" + name;
  }

  @Override
  public TenantId tenant() {
    return tenant;
  }

  @Override
  public TestClient client() {
    return bearer(token("pebble", Instant.now().plusSeconds(3_600)));
  }

  private TestClient bearer(String token) {
    return gateway.client().with("Authorization", "Bearer " + token);
  }

  @Override
  public Optional<TestClient> powerless() {
    Instant later = Instant.now().plusSeconds(3_600);
    UUID nobody = UUID.randomUUID();
    return Optional.of(bearer(gateway.token(tenant, "pebble", nobody, Set.of("nothing"), later)));
  }

  @Override
  public Ask transfer(String key) {
    return transferOf(key, Long.toString(UNIT));
  }

  @Override
  public Ask otherTransfer(String key) {
    return transferOf(key, Long.toString(UNIT + 1));
  }

  @Override
  public Ask transferOf(String key, String json) {
    return transfer(key, json, payer(), payee());
  }

  private static Ask transfer(String key, String pebbles, String from, String to) {
    return Ask.post(
        MOVES,
        "{\"key\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"pebbles\":%s}"
            .formatted(key, from, to, pebbles));
  }

  @Override
  public BigDecimal unit() {
    return BigDecimal.valueOf(UNIT);
  }

  @Override
  public BigDecimal payerBalance() {
    return balance(payer());
  }

  @Override
  public BigDecimal payeeBalance() {
    return balance(payee());
  }

  private BigDecimal balance(String jar) {
    var holders = gateway.services().holders();
    var holder = Await.result(holders.findByReference(tenant, "pebble.jar", jar)).orElseThrow();
    return new BigDecimal(
        Await.result(holders.balances(tenant, holder.id())).getFirst().balance().units());
  }

  @Override
  public Map<String, TestClient> badClients(World other) {
    return Map.of(
        "missing", gateway.client(),
        "invalid", bearer("x" + name),
        "foreign", bearer(token("orum", Instant.now().plusSeconds(60))),
        "expired", bearer(token("pebble", Instant.now().minusSeconds(1))));
  }

  private String token(String dialect, Instant expiresAt) {
    return gateway.token(
        tenant, dialect, UUID.randomUUID(), Set.of(Names.READ, Names.WRITE), expiresAt);
  }

  @Override
  public List<Ask> everyOperation() {
    return List.of(
        transfer(UUID.randomUUID().toString()),
        Ask.get(MOVES + "/" + move),
        Ask.get("/pebble/jars/" + payer()));
  }

  @Override
  public Lists lists() {
    return new Lists(client(), List.of());
  }

  @Override
  public List<Ask> mixedWith(World other) {
    var stranger = (PebbleWorld) other;
    String pebbles = Long.toString(UNIT);
    return List.of(
        transfer(UUID.randomUUID().toString(), pebbles, payer(), stranger.payee()),
        transfer(UUID.randomUUID().toString(), pebbles, stranger.payer(), payee()),
        Ask.get(MOVES + "/" + stranger.move),
        Ask.get("/pebble/jars/" + stranger.payer()));
  }

  @Override
  public Set<String> secrets() {
    return Set.of(payer(), payee(), move);
  }
}
