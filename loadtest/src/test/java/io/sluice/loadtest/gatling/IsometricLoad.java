package io.sluice.loadtest.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.doIf;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.feed;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatling.javaapi.core.ChainBuilder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Transfers of credit batches. Whole batches go to and fro between two organisations; with the
 * workload {@code partial} each takes a kilogram off a batch, whose remainder the user then looks
 * up.
 */
final class IsometricLoad implements DialectSimulation.Step {
  private static final int BATCHES_AN_ISSUANCE = 100;
  private static final long BATCH_KG = 1_000_000_000;
  private static final String TRANSFERS = "/registry/v0/transfers";

  private final Site site = new Site("gatling-isometric");
  private final String secret;
  private final Organisation seller;
  private final Organisation buyer;
  private final String supplier;
  private final ConcurrentLinkedQueue<Batch> free = new ConcurrentLinkedQueue<>();

  private record Organisation(String id, String token) {}

  private record Batch(String id, Organisation owner) {}

  IsometricLoad() {
    secret =
        site.administer("/credentials/client-secrets", "{\"label\":\"load\"}")
            .get("client_secret")
            .textValue();
    seller = organisation("Seller");
    buyer = organisation("Buyer");
    supplier =
        id(
            site.administer(
                "/isometric/suppliers",
                "{\"organisation_id\":\"%s\",\"code\":\"LOAD\"}".formatted(seller.id())));
    String project =
        id(
            site.administer(
                "/isometric/projects",
                """
                {"supplier_id":"%s","name":"Rocks","short_code":"ROCK","country_code":"GBR",\
                "pathway":"enhanced_weathering"}\
                """
                    .formatted(supplier)));
    for (int i = 0; i < Options.ACCOUNTS; i += BATCHES_AN_ISSUANCE) {
      issue(project);
    }
  }

  private static String id(JsonNode created) {
    return created.get("id").textValue();
  }

  private Organisation organisation(String name) {
    String id =
        id(
            site.administer(
                "/isometric/organisations",
                "{\"name\":\"%s\",\"domain\":\"load.example\"}".formatted(name)));
    String token =
        site.administer(
                "/credentials/organisation-tokens",
                "{\"label\":\"%s\",\"organisation_id\":\"%s\"}".formatted(name, id))
            .get("token")
            .textValue();
    return new Organisation(id, token);
  }

  private void issue(String project) {
    var batches = new StringJoiner(",");
    for (int i = 0; i < BATCHES_AN_ISSUANCE; i++) {
      batches.add(
          "{\"credit_quantity_kg\":%d,\"sequestered_on\":\"2024-03-01\"}".formatted(BATCH_KG));
    }
    JsonNode issued =
        site.administer(
            "/isometric/issuances",
            "{\"reference\":\"%s\",\"project_id\":\"%s\",\"credit_batches\":[%s]}"
                .formatted(UUID.randomUUID(), project, batches));
    List<Batch> made = new ArrayList<>();
    issued.get("credit_batches").forEach(batch -> made.add(new Batch(id(batch), seller)));
    Collections.shuffle(made);
    free.addAll(made);
  }

  @Override
  public ChainBuilder named(String name) {
    return Options.WORKLOAD.equals("partial") ? partial(name) : whole(name);
  }

  private ChainBuilder whole(String name) {
    return feed(Endless.of(this::takeBatch))
        .exec(transfer(name, BATCH_KG))
        .exec(
            session -> {
              if (!session.isFailed()) {
                Batch batch = session.get("taken");
                free.add(new Batch(batch.id(), batch.owner() == seller ? buyer : seller));
              }
              return session;
            });
  }

  private Map<String, Object> takeBatch() {
    Batch batch = free.poll();
    if (batch == null) {
      throw new IllegalStateException("no batch is free: there must be more --accounts than users");
    }
    Organisation to = batch.owner() == seller ? buyer : seller;
    return Map.of(
        "taken", batch,
        "batch", batch.id(),
        "from", batch.owner().id(),
        "to", to.id(),
        "token", batch.owner().token());
  }

  private ChainBuilder partial(String name) {
    return doIf(session -> !session.contains("batch"))
        .then(feed(Endless.of(this::takeBatch)))
        .exec(transfer(name, 1))
        .exec(
            http(name + ": remainder")
                .get("/registry/v0/credit_batches/#{batch}")
                .header("X-Client-Secret", secret)
                .header("Authorization", "Bearer #{token}")
                .check(status().is(200), jsonPath("$.right_child_id").saveAs("batch")));
  }

  private ChainBuilder transfer(String name, long kilograms) {
    return exec(
        http(name)
            .post(TRANSFERS)
            .header("X-Client-Secret", secret)
            .header("Authorization", "Bearer #{token}")
            .body(
                StringBody(
                    "{\"credit_batch_quantities\":[{\"credit_batch_id\":\"#{batch}\","
                        + "\"credit_quantity_kg\":"
                        + kilograms
                        + "}],\"from_organisation_id\":\"#{from}\",\"to_organisation_id\":\"#{to}\","
                        + "\"supplier_id\":\""
                        + supplier
                        + "\",\"notes\":null}"))
            .check(status().is(200)));
  }
}
